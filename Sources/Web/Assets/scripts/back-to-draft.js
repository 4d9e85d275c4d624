// What was taken back stands in the draft again, and the cursor behind it.
import { recall, remember } from "./tab-memory.js"

const name = "back-to-draft"

addEventListener("submit", ({ target }) => remember(name, /^\/deliveries\/\d+\/(withdrawal|redraft)$/.test(new URL(target.action).pathname)))

if (recall(name) && document.querySelector(".notices > [data-kind=done]")) {
  // The browser goes to the conversation that the address names, and does so last.
  addEventListener("load", () => requestAnimationFrame(() => {
    const field = document.getElementById("reply")
    field?.focus({ preventScroll: true })
    field?.setSelectionRange(field.value.length, field.value.length)
  }))
}
remember(name, false)
