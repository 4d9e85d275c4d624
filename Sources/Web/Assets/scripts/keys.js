// Keys for those who answer all day: Ctrl+Enter sends, / searches, J and K go through the list, and a letter on a button presses it.
import { keysAreOn } from "./key-switch.js"

const isTyping = target => target.closest("input, textarea, select, [contenteditable]") !== null

function step(direction) {
  const links = [...document.querySelectorAll(".row > a")]
  const focused = links.indexOf(document.activeElement)
  const here = focused === -1 ? links.findIndex(link => link.hasAttribute("aria-current")) : focused
  links[here === -1 ? 0 : here + direction]?.focus()
}

function focusSearch(event) {
  event.preventDefault()
  document.getElementById("search")?.focus()
}

// Back to the list: to the one that was searched in, or from the field to the rows.
function endSearch(event) {
  event.preventDefault()
  const end = document.querySelector(".searching a")
  if (end) return end.click()
  event.target.value = ""
  event.target.blur()
  step(0)
}

addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing) return
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form")
    const button = form?.querySelector("[data-send]")
    if (button) form.requestSubmit(button)
    return
  }
  if (event.key === "Escape" && event.target.id === "search") return endSearch(event)
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !keysAreOn()) return
  const key = event.key.toLowerCase()
  if (key === "/") focusSearch(event)
  else if (key === "j") step(1)
  else if (key === "k") step(-1)
  else document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click()
})
