// The rows of a list: whether each belongs there, and how it comes to its place.
import { mark } from "./current-row.js"
import { RowOrder } from "./row-order.js"

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

  // The list came anew from the server.
  renewed() {
    this.#order.renewed()
    this.own()
  }

  // Puts a row in its place, or takes it out where it no longer belongs. The open conversation's row stays.
  place(row) {
    const old = document.getElementById(row.id)
    if (!this.belongs(row) && !old?.hasAttribute("data-current")) this.#leave(old)
    else if (old && (this.isFixed || this.#order.stays(old, row))) this.replace(old, row)
    else if (!this.isFixed) this.#insert(row, old)
    this.#tidy()
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
    const rows = [...this.#list.querySelectorAll(".row")]
    const place = rows.indexOf(row)
    if (row?.contains(document.activeElement)) (rows[place + 1] ?? rows[place - 1])?.querySelector("a").focus()
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
    const list = this.#order.part(row)?.querySelector("ol")
    const next = [...(list?.children ?? [])].find(other => other !== row && this.#order.isBefore(row, other))
    if (list && (row.nextElementSibling !== (next ?? null) || row.parentElement !== list)) list.insertBefore(row, next ?? null)
    if (isFocused) row.querySelector("a").focus() // moving takes the focus away
  }

  #tidy() {
    for (const part of this.#list.querySelectorAll(".part")) part.hidden = !part.querySelector(".row")
    this.#list.querySelector(":scope > .empty")?.toggleAttribute("hidden", this.#list.querySelector(".row") !== null)
    this.own()
  }

  // That I am answering is no news to me.
  own() {
    for (const mark of this.#list.querySelectorAll("[data-whose]")) mark.hidden = mark.dataset.whose === this.#list.dataset.me
  }
}
