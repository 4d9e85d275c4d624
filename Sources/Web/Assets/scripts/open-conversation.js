// A conversation opens beside its list: only the right pane is fetched, and the list stays where it is. Where that fails the link is
// followed as any other.
import { listen } from "./live.js"
import { fragment } from "./fragment.js"

const pattern = /^\/conversations\/\d+$/
let shown = location.pathname
let wanted = location.href

addEventListener("click", event => {
  const link = event.target.closest("live-list .row > a")
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!link || !isPlain || event.defaultPrevented) return
  event.preventDefault()
  open(link.href, () => history.pushState(null, "", link.href))
})

addEventListener("popstate", () => {
  wanted = location.href
  if (location.pathname === shown) return busy(false)
  pattern.test(location.pathname) ? open(location.href) : location.reload()
})

async function open(href, arrive = () => {}) {
  const { pathname, search } = new URL(href)
  const missed = []
  const stop = listen(0, frame => missed.push(frame))
  wanted = href
  busy(true)
  // What comes back holds the draft that is saved by then; a slow server is not waited for long.
  const draft = document.querySelector("#main > .conversation draft-keeper")?.flush()
  await Promise.race([draft, new Promise(done => setTimeout(done, 3000))])
  if (wanted !== href) return stop()
  const found = await fragment(`${pathname}/pane${search}`, { signal: AbortSignal.timeout(8000) })
  const pane = found?.querySelector("#conversation")
  stop()
  if (wanted !== href) return
  if (!pane) return location.assign(href)
  arrive()
  shown = pathname
  show(pane)
  // What happened while the pane was under way.
  for (const frame of missed) pane.querySelector("conversation-thread").take(frame)
}

function busy(isBusy) {
  document.querySelector("#main > .conversation").setAttribute("aria-busy", isBusy)
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
