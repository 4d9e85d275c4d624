// The rows of a list: where each belongs by its view, its day and its time.
export class Rows {
  #list

  constructor(list) {
    this.#list = list
  }

  belongs({ dataset: { state, assignee } }) {
    const { view, me } = this.#list.dataset
    return view === "all" || (view === "mine" ? assignee === me && state === "open" : state === view)
  }

  // What was found, and an older page, gain no rows.
  get isFixed() {
    return "fixed" in this.#list.dataset
  }

  // Puts a row in its place, or takes it out where it no longer belongs. The open conversation's row stays.
  place(row) {
    const old = document.getElementById(row.id)
    if (!this.belongs(row) && !old?.hasAttribute("data-current")) old?.remove()
    else if (old && (this.isFixed || old.dataset.at === row.dataset.at)) this.replace(old, row)
    else if (!this.isFixed) this.#insert(row, old)
    this.#tidy()
  }

  replace(old, row) {
    const isFocused = old.contains(document.activeElement)
    if (old.hasAttribute("data-current")) mark(row)
    old.replaceWith(row)
    if (isFocused) row.querySelector("a").focus()
  }

  #insert(row, old) {
    const isFocused = old?.contains(document.activeElement)
    if (old) this.replace(old, row)
    const days = [...this.#list.querySelectorAll(".day")]
    const list = days.find(day => Number(day.dataset.since) <= Number(row.dataset.at))?.querySelector("ol")
    const next = [...(list?.children ?? [])].find(other => other !== row && Number(other.dataset.at) <= Number(row.dataset.at))
    if (list && (row.nextElementSibling !== (next ?? null) || row.parentElement !== list)) list.insertBefore(row, next ?? null)
    if (isFocused) row.querySelector("a").focus() // moving takes the focus away
  }

  #tidy() {
    for (const day of this.#list.querySelectorAll(".day")) day.hidden = !day.querySelector(".row")
    this.#list.querySelector(":scope > .empty")?.toggleAttribute("hidden", this.#list.querySelector(".row") !== null)
    this.own()
  }

  // That I am answering is no news to me.
  own() {
    for (const mark of this.#list.querySelectorAll("[data-whose]")) mark.hidden = mark.dataset.whose === this.#list.dataset.me
  }
}

export function unmark(row) {
  row.removeAttribute("data-current")
  row.querySelector("a").removeAttribute("aria-current")
}

export function mark(row) {
  row?.setAttribute("data-current", "")
  row?.querySelector("a").setAttribute("aria-current", "true")
}
