// Keys for those who answer all day: Ctrl+Enter sends, / searches, J and K go through the list, X chooses, and a letter on a button
// presses it.
import { isChosen, letGo, toggle } from "./selection.js"

// Who dictates or strays on the keyboard has single keys off, in their account.
const keysAreOn = () => document.documentElement.dataset.keys !== "off"
const isTyping = target => target.closest("input, textarea, select, [contenteditable]") !== null

// Through the list; with a conversation open, from one to the next.
function step(direction) {
  const rows = [...document.querySelectorAll(".row")]
  const focused = rows.indexOf(focusedRow())
  const here = focused === -1 ? rows.indexOf(document.querySelector(".row[data-current]")) : focused
  const link = rows[here === -1 ? 0 : here + direction]?.querySelector("a")
  link?.focus()
  if (document.body.dataset.screen === "conversation" && focused === -1) link?.click()
}

const focusedRow = () => document.activeElement.closest?.(".row")

// What is chosen comes first, then the row that has the focus, then the conversation that is open.
function press(key) {
  const name = `[data-key="${CSS.escape(key)}"]`
  const many = document.querySelector(`.selection ${name}`)
  const row = focusedRow()
  if (many && !isChosen() && row) toggle(row)
  const button = many && isChosen() ? many : [...document.querySelectorAll(name)].find(button => !button.closest(".selection"))
  button?.click()
}

function focusSearch(event) {
  event.preventDefault()
  document.getElementById("search")?.focus()
}

function focusReply(event) {
  event.preventDefault()
  document.querySelector(".modes [value=reply]")?.click()
  document.getElementById("reply")?.focus()
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
    const button = (event.shiftKey && form?.querySelector("[data-stay]")) || form?.querySelector("[data-send]")
    if (button) form.requestSubmit(button)
    return
  }
  if (event.key === "Escape" && event.target.id === "search") return endSearch(event)
  const isBox = event.target.matches?.("[type=checkbox]")
  if (event.ctrlKey || event.metaKey || event.altKey || (isTyping(event.target) && !isBox) || !keysAreOn()) return
  const letter = event.key.toLowerCase()
  const key = event.shiftKey && /^[a-z]$/.test(letter) ? `shift+${letter}` : letter
  if (key === "/") focusSearch(event)
  else if (key === "j") step(1)
  else if (key === "k") step(-1)
  else if (key === "r") focusReply(event)
  else if (key === "x") toggle(focusedRow() ?? document.querySelector(".row[data-current]"))
  else if (key === "escape") letGo()
  else press(key)
})
