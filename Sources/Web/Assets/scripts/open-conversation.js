// A conversation opens beside its list: only the right pane is fetched, and the list stays where it is. Where that fails the link is
// followed as any other.
import { listen } from "./live.js"
import { sayNotices } from "./announcer.js"
import { fragment } from "./fragment.js"

const pattern = /^\/conversations\/\d+$/
const pane = () => document.querySelector("#main > .conversation")
let wanted = location.href
let shown = location.pathname
// The inbox with nothing open, where the page began with it.
const inbox = document.body.dataset.screen === "list" && pane()
    ? { href: location.href, pane: pane(), heading: document.querySelector("#main > h1"), title: document.title } : null

addEventListener("click", event => {
  const link = event.target.closest("live-list .row > a")
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!link || !isPlain || event.defaultPrevented) return
  event.preventDefault()
  if (link.pathname === shown && wanted === location.href) return pane().focus()
  open(link.href, () => history.pushState(null, "", link.href))
})

addEventListener("popstate", () => {
  wanted = location.href
  if (location.pathname === shown) return pane()?.removeAttribute("aria-busy")
  if (pattern.test(location.pathname)) open(location.href)
  else location.href === inbox?.href ? close() : location.reload()
})

// A conversation, or the inbox with nothing open, that came with the answer to a form.
export function arrive(pane, href, title) {
  const { pathname } = new URL(href)
  history[href === location.href || pathname === location.pathname ? "replaceState" : "pushState"](null, "", href)
  stand(pane, title)
}

function stand(pane, title) {
  wanted = location.href
  const isConversation = pattern.test(location.pathname)
  if (isConversation) document.querySelector("#main > h1")?.remove()
  show(pane, location.pathname, isConversation ? "conversation" : "list", title)
  sayNotices(pane)
  if (isConversation) pane.focus({ preventScroll: true })
}

async function open(href, arrive = () => {}) {
  const { pathname, search } = new URL(href)
  const missed = []
  const stop = listen(0, frame => missed.push(frame))
  wanted = href
  pane().setAttribute("aria-busy", "true")
  // What comes back holds the draft that is saved by then; a slow server is not waited for long.
  await Promise.race([pane().querySelector("draft-keeper")?.flush(), new Promise(done => setTimeout(done, 3000))])
  const found = await fragment(`${pathname}/pane${search}`, { signal: AbortSignal.timeout(8000) })
  const opened = found?.querySelector("#conversation")
  stop()
  if (wanted !== href) return
  if (!opened) return location.assign(href)
  arrive()
  const title = opened.querySelector(".title").textContent
  stand(opened, [title, ...document.title.split(" · ").slice(-2)].join(" · "))
  // What happened while the pane was under way.
  for (const frame of missed) opened.querySelector("conversation-thread").take(frame)
}

// Back to the list with nothing open, to the row it was left by.
function close() {
  const row = document.querySelector("live-list [data-current] > a")
  pane().before(...(inbox.heading ? [inbox.heading] : []))
  inbox.pane.removeAttribute("aria-busy")
  show(inbox.pane, location.pathname, "list", inbox.title)
  row?.focus({ preventScroll: true })
}

function show(next, pathname, screen, title) {
  shown = pathname
  pane().replaceWith(next)
  for (const flash of document.querySelectorAll(".notices > .flash")) flash.remove()
  document.body.dataset.screen = screen
  document.title = title
  document.querySelector("live-list").show(next.dataset.conversation)
}
