// <connection-state>: says that the page may be out of date, as long as the live feed is broken for more than a blink.
import { listen } from "./live.js"

customElements.define("connection-state", class extends HTMLElement {
  #stop = null
  #timer = null

  connectedCallback() {
    this.#stop = listen(Number(document.querySelector("live-list")?.dataset.since ?? 0), ({ type }) => {
      if (type !== "offline") this.#show(true)
      else this.#timer ??= setTimeout(() => this.#show(false), 4000)
    })
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show(isFine) {
    clearTimeout(this.#timer)
    this.#timer = null
    this.hidden = isFine
  }
})
