// What happens, said to screen readers through one polite region for the whole desk. A notice is said once; what comes in is counted and
// said together, at most once in some seconds, and can be switched off. A problem is an alert and speaks for itself.
const pause = 5000
const kept = 15_000
const name = "announcements-off"
const region = Object.assign(document.createElement("div"), { className: "visually-hidden" })
region.setAttribute("role", "status")
region.setAttribute("aria-atomic", "false") // only what is new is said
document.body.prepend(region)
let came = 0
let timer = null

function isOn() {
  try {
    return localStorage.getItem(name) === null
  } catch {
    return true
  }
}

export function announce(text) {
  const line = Object.assign(document.createElement("p"), { textContent: text })
  region.append(line)
  setTimeout(() => line.remove(), kept)
}

// Something new, where the page itself shows what.
export function announceNews(text) {
  if (isOn()) announce(text)
}

// One more of many.
export function cameIn({ cameOne, cameOther }) {
  came += 1
  timer ??= setTimeout(() => {
    announceNews(came === 1 ? cameOne : cameOther.replace("#", came))
    came = 0
    timer = null
  }, pause)
}

// Without this script a notice is its own region; with it, it is said here and only shown there.
export function sayNotices(part = document, known = new Set()) {
  for (const flash of part.querySelectorAll(".flash[role=status]")) {
    flash.removeAttribute("role")
    const text = words(flash)
    if (!known.has(text)) announce(text)
  }
}

export const words = flash => [...flash.querySelectorAll("p")].map(line => line.textContent).join(" ")

sayNotices()

// <announce-switch>: whether what comes in is said.
customElements.define("announce-switch", class extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input")
    this.hidden = false
    box.checked = isOn()
    box.onchange = () => (box.checked ? localStorage.removeItem(name) : localStorage.setItem(name, ""))
  }
})
