// A file that was chosen goes with the answer: sending attaches it first. What is missing to that is asked for before anything is sent.
addEventListener("change", ({ target }) => {
  if (target.id === "file") document.getElementById("file-alt").required = target.files.length > 0
})

// The browser shows what is wrong with a field only where it can be seen.
addEventListener("invalid", ({ target }) => target.closest("details")?.setAttribute("open", ""), true)

// Enter in a line would press the form's first button, and that may take away a file.
addEventListener("keydown", event => {
  const form = event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey && event.target.closest("input:not([type=checkbox])")?.closest(".reply")
  if (!form) return
  event.preventDefault()
  if (event.target.id === "file-alt") form.requestSubmit(form.querySelector(".attach button"))
})

addEventListener("submit", event => {
  const { target: form, submitter } = event
  if (!submitter?.matches("[data-send], [data-stay]") || !form.querySelector("#file")?.files.length) return
  event.preventDefault()
  event.stopImmediatePropagation() // nothing has been sent yet
  if (!submitter.matches("[aria-disabled]")) attach(form, submitter)
}, true)

async function attach(form, button) {
  const [file, description, add] = ["#file", "#file-alt", ".attach button"].map(selector => form.querySelector(selector))
  button.setAttribute("aria-disabled", "true")
  const answer = await fetch(add.formAction, { method: "POST", body: new FormData(form) }).catch(() => null)
  button.removeAttribute("aria-disabled")
  // Not there: the draft says so, too, and everything stays as it is.
  if (!answer) return form.querySelector("#reply").dispatchEvent(new Event("input", { bubbles: true }))
  // Refused: the server's page says why.
  if (!answer.redirected || !answer.url.includes("/conversations/")) return form.requestSubmit(add)
  file.value = description.value = ""
  description.required = false
  form.requestSubmit(button)
}
