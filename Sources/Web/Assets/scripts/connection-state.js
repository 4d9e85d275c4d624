// <connection-state>: says that the page may be out of date: while the browser is offline, a draft cannot be saved, or the live feed
// is broken for more than a blink.
import { announce } from "./announcer.js"
import { listen } from "./live.js"

customElements.define("connection-state", class extends HTMLElement {
  #stop = null
  #timer = null
  #troubles = new Set()
  #gone = new AbortController()

  connectedCallback() {
    const { signal } = this.#gone
    this.#stop = listen(Number(document.querySelector("live-list")?.dataset.since ?? 0), ({ type }) => this.#hear(type))
    addEventListener("offline", () => this.#show("browser", true), { signal })
    addEventListener("online", () => this.#show("browser", false), { signal })
    document.addEventListener("draft", ({ detail }) => detail !== "unsaved" && this.#show("draft", detail === "offline"), { signal })
    this.#show("browser", !navigator.onLine)
  }

  disconnectedCallback() {
    this.#stop()
    this.#gone.abort()
  }

  #hear(type) {
    if (type === "offline") return (this.#timer ??= setTimeout(() => this.#show("feed", true), 4000))
    clearTimeout(this.#timer)
    this.#timer = null
    this.#show("feed", false)
  }

  #show(what, isTrouble) {
    isTrouble ? this.#troubles.add(what) : this.#troubles.delete(what)
    const wasHidden = this.hidden
    this.hidden = this.#troubles.size === 0
    if (wasHidden && !this.hidden) announce(this.textContent)
  }
})
