// Which of the rows that come in tell of a new message: said to screen readers, counted together.
import { cameIn } from "./announcer.js"

export class ListNews {
  #list
  #rows
  #said = new Map()

  constructor(list, rows) {
    this.#list = list
    this.#rows = rows
  }

  // Of the conversation that is open its messages tell themselves.
  hear(row) {
    const { last } = row.dataset
    const old = document.getElementById(row.id)
    const isNews = Number(last) > Number(this.#list.dataset.made) && Number(last) > Number(old?.dataset.last ?? 0) && this.#said.get(row.id) !== last
    if (!isNews || old?.hasAttribute("data-current") || !this.#rows.belongs(row) || (this.#rows.isFixed && !old)) return
    this.#said.set(row.id, last)
    cameIn(this.#list.dataset)
  }
}
