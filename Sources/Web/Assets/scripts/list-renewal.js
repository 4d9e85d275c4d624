// When a list is asked for anew: its counts after a burst of rows, itself where it got short, and once its day is over.
import { mark } from "./current-row.js"
import { fragment } from "./fragment.js"
import { renewOlder, renewSigns } from "./list-signs.js"

export class ListRenewal {
  #list
  #rows
  #letGo
  #counting = null
  #filling = null

  constructor(list, rows, letGo) {
    this.#list = list
    this.#rows = rows
    this.#letGo = letGo
  }

  async refresh() {
    const queue = await fragment(this.#list.dataset.path)
    const list = queue?.querySelector("live-list")
    if (!list) return
    const current = this.#list.querySelector("[data-current]")?.id
    this.#letGo()
    this.#list.replaceChildren(...list.childNodes)
    if (current) mark(document.getElementById(current))
    this.#rows.renewed()
    renewOlder(queue, this.#list)
    renewSigns(queue)
  }

  // Who works through the list never comes to an end that is none.
  refill() {
    const isShort = this.#list.querySelectorAll(".row").length < 8 && document.querySelector(".queue .older")
    if (isShort && !this.#rows.isFixed) this.#filling ??= this.refresh().finally(() => (this.#filling = null))
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
      isWhole ? this.refresh() : renewSigns(await fragment(this.#list.dataset.path))
    }, 4000 + Math.random() * 4000)
  }
}
