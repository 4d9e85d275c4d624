// Where in its list a row stands: by what is due, or by what moved last. The list's parts say where each of them ends.
import { roomBehind, sheetsOf } from "./sheets.js"

const number = row => Number(row.id.split("-")[1])

export class RowOrder {
  #list
  #renewedAt = performance.now()

  constructor(list) {
    this.#list = list
  }

  // The list came anew from the server, with what is due by its clock: this machine's may be wrong.
  renewed() {
    this.#renewedAt = performance.now()
  }

  // The parts of the list, found without looking through their rows: those may be ten thousand.
  get parts() {
    return [...this.#list.children].filter(child => child.matches(".part"))
  }

  get isByDue() {
    return "byDue" in this.#list.dataset
  }

  // The day that the list calls today is over.
  get isOfYesterday() {
    const [overdue, today] = ["overdue", "thisDay"].map(name => this.parts.find(part => part.dataset.name === name))
    return this.isByDue && Number(overdue.dataset.until) + this.#passed >= Number(today.dataset.until)
  }

  stays(old, row) {
    const keys = this.isByDue ? ["due", "last"] : ["moved"]
    return keys.every(key => old.dataset[key] === row.dataset[key])
  }

  part({ dataset: { due, moved } }) {
    return this.parts.find(({ dataset: { since, until, slides } }) => this.isByDue
      ? Number(due) < Number(until) + (slides === undefined ? 0 : this.#passed) : Number(since) <= Number(moved))
  }

  // As the server has it, down to the number of what is the same otherwise.
  isBefore(one, other) {
    const keys = this.isByDue ? ["due", "last"] : ["moved"]
    const [key] = keys.filter(key => one.dataset[key] !== other.dataset[key])
    if (!key) return number(one) > number(other)
    const isEarlier = Number(one.dataset[key]) < Number(other.dataset[key])
    return key === "due" ? isEarlier : !isEarlier
  }

  // The sheet it belongs on, and the row before which it stands there; no row at the end. What was found comes in its own order.
  place(row) {
    const found = this.parts.find(({ dataset }) => dataset.name === "found")
    const sheets = sheetsOf(found ?? this.part(row))
    const list = found ? null : sheets.find(list => this.#endsAfter(row, list))
    return list ? [list, this.#next(row, list)] : [roomBehind(sheets.at(-1)), null]
  }

  #endsAfter(row, { lastElementChild: last }) {
    const other = last === row ? row.previousElementSibling : last
    return other !== null && this.isBefore(row, other)
  }

  // They are in order, so few of them are asked.
  #next(row, list) {
    const others = [...list.children].filter(other => other !== row)
    let [from, to] = [0, others.length - 1]
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.isBefore(row, others[middle])) to = middle
      else from = middle + 1
    }
    return others[to]
  }

  // Of a list by days only the days that it has rows of are there.
  keep(part) {
    if (this.parts.some(one => one.dataset.name === part.dataset.name)) return
    part.querySelector("ol").replaceChildren()
    this.parts.at(-1).after(part)
  }

  get #passed() {
    return performance.now() - this.#renewedAt
  }
}
