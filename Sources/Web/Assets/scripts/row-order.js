// Where in its list a row stands: by what is due, or by what moved last. The list's parts say where each of them ends.
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

  get isByDue() {
    return "byDue" in this.#list.dataset
  }

  // The day that the list calls today is over.
  get isOfYesterday() {
    const [overdue, today] = ["overdue", "thisDay"].map(name => this.#list.querySelector(`[data-name="${name}"]`))
    return this.isByDue && Number(overdue.dataset.until) + this.#passed >= Number(today.dataset.until)
  }

  stays(old, row) {
    const keys = this.isByDue ? ["due", "last"] : ["moved"]
    return keys.every(key => old.dataset[key] === row.dataset[key])
  }

  part({ dataset: { due, moved } }) {
    return [...this.#list.querySelectorAll(".part")].find(({ dataset: { since, until, slides } }) => this.isByDue
      ? Number(due) < Number(until) + (slides === undefined ? 0 : this.#passed) : Number(since) <= Number(moved))
  }

  isBefore({ dataset: one }, { dataset: other }) {
    if (!this.isByDue) return Number(one.moved) >= Number(other.moved)
    return Number(one.due) < Number(other.due) || (one.due === other.due && Number(one.last) >= Number(other.last))
  }

  get #passed() {
    return performance.now() - this.#renewedAt
  }
}
