// What is mine in a list: the row of the conversation that stands open beside it, and where I am answering.
export function unmark(row) {
  row.removeAttribute("data-current")
  row.querySelector("a").removeAttribute("aria-current")
}

export function mark(row) {
  row?.setAttribute("data-current", "")
  row?.querySelector("a").setAttribute("aria-current", "true")
}

// That I am answering is no news to me.
export function own(part, list) {
  for (const mark of part.querySelectorAll("[data-whose]")) mark.hidden = mark.dataset.whose === list.dataset.me
}
