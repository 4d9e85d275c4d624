// The rows of a list: whether each belongs there, and how it comes to its place.
import { mark, own } from "./current-row.js"
import { RowOrder } from "./row-order.js"
import { cut, sweep } from "./sheets.js"

export class Rows {
  #list
  #order

  constructor(list) {
    this.#list = list
    this.#order = new RowOrder(list)
  }

  belongs({ dataset: { state, assignee, team } }) {
    const { view, me, teams } = this.#list.dataset
    if (view === "mine") return assignee === me && state === "open"
    if (view === "team") return assignee === "" && teams.split(" ").includes(team || "none") && state === "open"
    if (view === "unassigned") return assignee === "" && !team && state === "open"
    return view === "all" || state === view
  }

  // What was found, and an older page, gain no rows; a filtered list only from the server, which knows what belongs there.
  get isFixed() {
    return "fixed" in this.#list.dataset || "filtered" in this.#list.dataset
  }

  renewed() {
    this.#order.renewed()
    this.#order.parts.forEach(cut)
    own(this.#list, this.#list)
  }

  // Puts a row in its place, or takes it out where it no longer belongs. The open conversation's row stays.
  place(row) {
    const old = document.getElementById(row.id)
    if (!this.belongs(row) && !old?.hasAttribute("data-current")) this.#leave(old)
    else if (old && (this.isFixed || this.#order.stays(old, row))) this.replace(old, row)
    else if (!this.isFixed) this.#insert(row, old)
    this.#tidy()
    own(row, this.#list)
  }

  // Rows of another page of the list, each where it belongs; what is here already is newer. Returns the ids of those that came in.
  add(queue) {
    const rows = [...queue.querySelectorAll(".row")].filter(row => !document.getElementById(row.id))
    for (const part of queue.querySelectorAll(".part")) this.#order.keep(part)
    for (const row of rows) {
      this.#insert(row, null)
      own(row, this.#list)
    }
    this.#tidy()
    return new Set(rows.map(row => row.id))
  }

  replace(old, row) {
    const isFocused = old.contains(document.activeElement)
    if (old.hasAttribute("data-current")) mark(row)
    row.querySelector("input").checked = old.querySelector("input").checked
    old.replaceWith(row)
    if (isFocused) row.querySelector("a").focus()
  }

  // Who was at it goes on with the next one.
  #leave(row) {
    if (row?.contains(document.activeElement)) {
      const rows = [...this.#list.querySelectorAll(".row")]
      const place = rows.indexOf(row)
      ;(rows[place + 1] ?? rows[place - 1])?.querySelector("a").focus()
    }
    row?.remove()
  }

  // Time went on: what was due later is due now. Nobody's row moves while they look for it with the pointer.
  regroup() {
    if (!this.#order.isByDue || this.isFixed) return
    for (const row of this.#list.querySelectorAll(".row")) if (this.#order.part(row) !== row.closest(".part")) this.#insert(row, row)
    this.#tidy()
  }

  get isOfYesterday() {
    return this.#order.isOfYesterday
  }

  #insert(row, old) {
    const isFocused = old?.contains(document.activeElement)
    if (old && old !== row) this.replace(old, row)
    const [list, next] = this.#order.place(row)
    if (list && (row.nextElementSibling !== next || row.parentElement !== list)) list.insertBefore(row, next)
    if (isFocused) row.querySelector("a").focus() // moving takes the focus away
  }

  #tidy() {
    this.#order.parts.forEach(sweep)
    const empty = [...this.#list.children].find(child => child.matches(".empty"))
    empty?.toggleAttribute("hidden", this.#list.querySelector(".row") !== null)
  }
}
