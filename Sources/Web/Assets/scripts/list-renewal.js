// When a list is asked for anew: its counts after a burst of rows, and itself once its day is over.
import { mark } from "./current-row.js"
import { fragment } from "./fragment.js"
import { renewOlder, renewSigns } from "./list-signs.js"
import { count as recount } from "./selection.js"
import { wholeList } from "./whole-list.js"

// Beyond so many rows a filtered list only gains what is new on its first page.
const enough = 200

export class ListRenewal {
  #list
  #rows
  #letGo
  #counting = null

  constructor(list, rows, letGo) {
    this.#list = list
    this.#rows = rows
    this.#letGo = letGo
  }

  // What was fetched of it by and by comes again, what is chosen stays chosen, and who was on a row is on it still.
  async refresh(count = this.#count) {
    const queue = await wholeList(this.#list.dataset.path, count)
    const list = queue?.querySelector("live-list")
    if (!list) return
    const current = this.#list.querySelector("[data-current]")?.id
    const focused = document.activeElement.closest?.(".row")?.id
    const chosen = [...this.#list.querySelectorAll(".row > input:checked")].map(box => box.closest(".row").id)
    this.#letGo()
    this.#list.replaceChildren(...list.childNodes)
    this.#rows.renewed()
    if (current) mark(document.getElementById(current))
    for (const row of chosen.map(id => document.getElementById(id))) if (row) row.querySelector("input").checked = true
    if (chosen.length) recount()
    if (focused) document.getElementById(focused)?.querySelector("a").focus({ preventScroll: true })
    renewOlder(queue, this.#list)
    renewSigns(queue)
  }

  get #count() {
    return this.#list.querySelectorAll(".row").length
  }

  passMinute() {
    this.soon()
    if (this.#rows.isOfYesterday) this.refresh()
    else if (!this.#list.matches(":hover")) this.#rows.regroup()
  }

  // Counts, and how the channels are, come with the list; a burst of rows asks for them once, and a quiet desk once a minute.
  soon() {
    if (document.hidden) return
    this.#counting ??= setTimeout(async () => {
      this.#counting = null
      const isWhole = "filtered" in this.#list.dataset && !this.#list.matches(":hover")
      if (isWhole && this.#count <= enough) return this.refresh()
      const queue = await fragment(this.#list.dataset.path)
      renewSigns(queue)
      if (isWhole && queue) this.#rows.add(queue)
    }, 4000 + Math.random() * 4000)
  }
}
