// The list stays where it was read: the next page with the same list shows it there again, and in it the row of what is open.
import { recall, remember } from "./tab-memory.js"

const name = "list-place"
const most = 1000

export function keepPlace(list, fill) {
  const queue = list.closest(".queue")
  const count = () => list.querySelectorAll(".row").length
  const kept = recall(name)
  const place = kept?.path === list.dataset.path ? kept : { top: 0, rows: 0 }
  let { top } = place
  queue.scrollTop = top
  // Further down than the first page reaches.
  if (place.rows > count() && queue.querySelector(".older")) fill(place.rows).then(() => (queue.scrollTop = Math.max(queue.scrollTop, place.top)))
  reveal(list.querySelector("[data-current]"))
  // On a phone a conversation hides its list, which then has no place of its own.
  queue.addEventListener("scroll", () => queue.checkVisibility() && (top = queue.scrollTop), { passive: true })
  addEventListener("pagehide", () => remember(name, { path: list.dataset.path, top, rows: Math.min(count(), most) }))
}

export function reveal(row) {
  row?.scrollIntoView({ block: "nearest" })
}
