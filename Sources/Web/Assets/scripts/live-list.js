// <live-list data-view data-path data-me data-since>: rows of the inbox change as conversations do. Nothing moves under the pointer: while it is
// inside, known rows change in place, and new ones wait behind a button.
import { listen } from "./live.js"
import { elements, hasUnsavedText } from "./fragment.js"
import { mark, unmark } from "./current-row.js"
import { Rows } from "./live-rows.js"
import { keepPlace, reveal } from "./list-place.js"
import { ListRenewal } from "./list-renewal.js"
import { ListGrowth } from "./list-growth.js"
import { ListNews } from "./list-news.js"
import { offerNews } from "./list-signs.js"

customElements.define("live-list", class extends HTMLElement {
  #rows = new Rows(this)
  #held = new Map()
  #renewal = new ListRenewal(this, this.#rows, () => this.#held.clear())
  #news = new ListNews(this, this.#rows)
  #growth = null
  #stop = null

  connectedCallback() {
    const stop = listen(Number(this.dataset.since), frame => this.#take(frame))
    const minute = setInterval(() => this.#renewal.passMinute(), 60_000)
    this.#growth = new ListGrowth(this, this.#rows)
    this.#stop = () => [stop(), clearInterval(minute), this.#growth.stop()]
    this.onpointerleave = () => this.#release()
    this.#rows.renewed()
    keepPlace(this, count => this.#refresh(count))
  }

  disconnectedCallback() {
    this.#stop()
  }

  // Which conversation stands beside the list. The one before goes if it belongs here no more, yet not under the pointer.
  show(id) {
    for (const row of this.querySelectorAll("[data-current]")) {
      unmark(row)
      if (!this.#rows.belongs(row)) this.matches(":hover") ? this.#held.set(row.id, row) : this.#rows.place(row)
    }
    const row = document.getElementById(`conversation-${id}`)
    mark(row)
    if (!this.matches(":hover")) reveal(row)
  }

  #take({ type, data }) {
    if (type === "row") this.#change(elements(data).firstElementChild)
    if (type === "refresh") this.#refresh()
    if (type === "reload") hasUnsavedText() ? this.#refresh() : location.reload()
  }

  async #refresh(count) {
    await this.#renewal.refresh(count)
    this.#growth.watch()
  }

  #change(row) {
    this.#news.hear(row)
    this.#growth.hear(row)
    row.querySelector("a").search = document.getElementById(row.id)?.querySelector("a").search ?? `?view=${this.dataset.view}`
    this.#renewal.soon()
    if (!this.matches(":hover")) return this.#rows.place(row)
    const old = document.getElementById(row.id)
    // A row that is being pressed stays until it is let go: else nobody would be clicked.
    if (old && !old.matches(":active")) this.#rows.replace(old, row.cloneNode(true))
    if (old || (this.#rows.belongs(row) && !this.#rows.isFixed)) this.#held.set(row.id, row)
    this.#announce()
  }

  #release() {
    for (const row of this.#held.values()) this.#rows.place(row)
    this.#held.clear()
    this.#announce()
  }

  #announce() {
    const count = [...this.#held.keys()].filter(id => !document.getElementById(id)).length
    offerNews(this, count, () => this.#release())
  }
})
