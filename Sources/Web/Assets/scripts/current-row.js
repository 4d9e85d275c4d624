// The row of the conversation that stands open beside the list.
export function unmark(row) {
  row.removeAttribute("data-current")
  row.querySelector("a").removeAttribute("aria-current")
}

export function mark(row) {
  row?.setAttribute("data-current", "")
  row?.querySelector("a").setAttribute("aria-current", "true")
}
