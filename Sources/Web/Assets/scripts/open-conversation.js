// A conversation opens beside its list: only the right pane is fetched, and the list stays where it is. Where that fails the link is
// followed as any other.
import { listen } from "./live.js"
import { fragment } from "./fragment.js"

const pattern = /^\/conversations\/\d+$/
let shown = location.pathname
let latest = null

addEventListener("click", event => {
  const link = event.target.closest("live-list .row > a")
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!link || !isPlain || event.defaultPrevented || hasUnsavedNote()) return
  event.preventDefault()
  open(link.href, () => history.pushState(null, "", link.href))
})

addEventListener("popstate", () => {
  if (location.pathname === shown) return
  pattern.test(location.pathname) ? open(location.href) : location.reload()
})

// A note has no draft on the server: the browser keeps what is typed when its page is left, and we would not.
function hasUnsavedNote() {
  const note = document.getElementById("note")
  return note !== null && note.value !== note.defaultValue
}

async function open(href, arrive = () => {}) {
  const { pathname, search } = new URL(href)
  const missed = []
  const stop = listen(0, frame => missed.push(frame))
  latest = href
  const pane = (await fragment(`${pathname}/pane${search}`))?.querySelector("#conversation")
  stop()
  if (latest !== href) return
  if (!pane) return location.assign(href)
  arrive()
  shown = pathname
  show(pane)
  // What happened while the pane was under way.
  for (const frame of missed) pane.querySelector("conversation-thread").take(frame)
}

function show(pane) {
  document.querySelector("#main > h1")?.remove()
  document.querySelector("#main > .conversation").replaceWith(pane)
  for (const flash of document.querySelectorAll(".notices > .flash")) flash.remove()
  document.body.dataset.screen = "conversation"
  const title = pane.querySelector(".title").textContent
  document.title = [title, ...document.title.split(" · ").slice(-2)].join(" · ")
  document.querySelector("live-list").show(pane.dataset.conversation)
  pane.focus({ preventScroll: true })
}
