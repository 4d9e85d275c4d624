// Deeds without leaving the page: the form is sent, and of the page that comes back only the conversation and what was done are taken.
// The list stays and is live. A form with a file, or one that leads to another page (target), goes as any other.
import { arrive } from "./open-conversation.js"
import { sayNotices } from "./announcer.js"
import { elements } from "./fragment.js"
import { renewSelection } from "./selection.js"

addEventListener("submit", event => {
  const { target: form, submitter } = event
  const hasFile = [...form.querySelectorAll("input[type=file]")].some(field => field.files.length)
  if (event.defaultPrevented || form.method !== "post" || form.target || hasFile || !form.closest("#main.work")) return
  event.preventDefault()
  if (form.ariaBusy !== "true") perform(form, submitter)
})

async function perform(form, submitter) {
  form.ariaBusy = "true"
  const path = submitter?.getAttribute("formaction") ?? form.getAttribute("action")
  const data = new FormData(form, submitter)
  const isMultipart = submitter?.formEnctype === "multipart/form-data"
  try {
    const answer = await fetch(path, { method: "POST", body: isMultipart ? data : new URLSearchParams(data) })
    take(answer, elements(await answer.text()))
    document.dispatchEvent(new CustomEvent("deed", { detail: path }))
  } catch {
    form.dispatchEvent(new Event("unsent"))
    offline()
  }
  form.ariaBusy = "false"
}

function take(answer, page) {
  const pane = page.querySelector("#conversation")
  // Another kind of page: a sign-in, or trouble that says what it is.
  if (!pane && answer.redirected) return location.assign(answer.url)
  if (!pane) return document.getElementById("main").replaceWith(page.querySelector("main"))
  const [queue, was] = [page.querySelector(".queue"), document.querySelector(".queue")]
  // Also on a further page of it: who is there stays there.
  const name = pane => pane.querySelector("live-list").dataset.path.replace(/&before=[^&]*/, "")
  name(queue) === name(was) ? renewSelection(queue) : was.replaceWith(queue)
  arrive(pane, answer.redirected ? answer.url : location.href, page.querySelector("title").textContent)
  document.querySelector(".notices").prepend(...page.querySelectorAll(".notices > .flash"))
  sayNotices()
}

// Nothing is lost: the form is still there.
function offline() {
  const state = document.querySelector("connection-state")
  for (const flash of document.querySelectorAll(".notices > .flash")) flash.remove()
  const flash = Object.assign(document.createElement("div"), { className: "flash", role: "alert" })
  flash.dataset.kind = "problem"
  flash.append(Object.assign(document.createElement("p"), { textContent: state.dataset.unsent }))
  document.querySelector(".notices").prepend(flash)
}
