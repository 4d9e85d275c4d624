// <undo-send data-seconds>: counts down to the moment an answer leaves. Until then the button beside it takes it back.
customElements.define("undo-send", class extends HTMLElement {
  #timer = null

  connectedCallback() {
    const end = Date.now() + Number(this.dataset.seconds) * 1000
    this.#timer = setInterval(() => this.#show(Math.ceil((end - Date.now()) / 1000)), 250)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  #show(left) {
    const { one, other, now } = this.dataset
    this.firstElementChild.textContent = left < 1 ? now : (left === 1 ? one : other).replace("#", left)
    if (left < 1) clearInterval(this.#timer)
  }
})
