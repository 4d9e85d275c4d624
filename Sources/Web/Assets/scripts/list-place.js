// The list stays where it was read: the next page with the same list shows it there again, and in it the row of what is open.
import { recall, remember } from "./tab-memory.js"

const name = "list-place"

export function keepPlace(list) {
  const queue = list.closest(".queue")
  const kept = recall(name)
  let top = kept?.path === list.dataset.path ? kept.top : 0
  queue.scrollTop = top
  reveal(list.querySelector("[data-current]"))
  // On a phone a conversation hides its list, which then has no place of its own.
  queue.addEventListener("scroll", () => queue.checkVisibility() && (top = queue.scrollTop), { passive: true })
  addEventListener("pagehide", () => remember(name, { path: list.dataset.path, top }))
}

export function reveal(row) {
  row?.scrollIntoView({ block: "nearest" })
}
