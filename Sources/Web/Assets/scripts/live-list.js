// <live-list data-view data-path data-me data-since>: rows of the inbox change as conversations do. Nothing moves under the pointer: while it is
// inside, known rows change in place, and new ones wait behind a button.
import { listen } from "./live.js"
import { elements, fragment, hasUnsavedText } from "./fragment.js"
import { mark, unmark } from "./current-row.js"
import { Rows } from "./live-rows.js"
import { keepPlace, reveal } from "./list-place.js"
import { offerNews, renewOlder, renewSigns } from "./list-signs.js"

customElements.define("live-list", class extends HTMLElement {
  #rows = new Rows(this)
  #held = new Map()
  #stop = null
  #counting = null

  connectedCallback() {
    const stop = listen(Number(this.dataset.since), frame => this.#take(frame))
    const minute = setInterval(() => this.#passMinute(), 60_000)
    this.#stop = () => [stop(), clearInterval(minute)]
    this.onpointerleave = () => this.#release()
    this.#rows.renewed()
    keepPlace(this)
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

  #change(row) {
    row.querySelector("a").search = document.getElementById(row.id)?.querySelector("a").search ?? `?view=${this.dataset.view}`
    this.#countSoon()
    if (!this.matches(":hover")) return this.#rows.place(row)
    const old = document.getElementById(row.id)
    // A row that is being pressed stays until it is let go: else nobody would be clicked.
    if (old && !old.matches(":active")) this.#rows.replace(old, row.cloneNode(true))
    this.#rows.own()
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

  async #refresh() {
    const queue = await fragment(this.dataset.path)
    const list = queue?.querySelector("live-list")
    if (!list) return
    const current = this.querySelector("[data-current]")?.id
    this.#held.clear()
    this.replaceChildren(...list.childNodes)
    if (current) mark(document.getElementById(current))
    this.#rows.renewed()
    renewOlder(queue, this)
    renewSigns(queue)
  }

  #passMinute() {
    this.#countSoon()
    if (this.#rows.isOfYesterday) this.#refresh()
    else if (!this.matches(":hover")) this.#rows.regroup()
  }

  // Counts, and how the channels are, come with the list; a burst of rows asks for them once, and a quiet desk once a minute.
  #countSoon() {
    if (document.hidden) return
    this.#counting ??= setTimeout(async () => {
      this.#counting = null
      "filtered" in this.dataset && !this.matches(":hover") ? this.#refresh() : renewSigns(await fragment(this.dataset.path))
    }, 4000 + Math.random() * 4000)
  }
})
