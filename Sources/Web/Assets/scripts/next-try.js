// <next-try data-at>: once the time for the next try is over, the messages around it are fetched anew: it went, or has a new time.
customElements.define("next-try", class extends HTMLElement {
  #timer = null

  connectedCallback() {
    const pause = Date.parse(this.dataset.at) - Date.now() + 3000
    this.#timer = setTimeout(() => this.dispatchEvent(new Event("stale", { bubbles: true })), Math.min(Math.max(pause, 3000), 2 ** 31 - 1))
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }
})
