// <key-switch>: turns single keys on and off in this browser. Who dictates or strays on the keyboard needs them off.
const name = "keys-off"

export function keysAreOn() {
  try {
    return localStorage.getItem(name) === null
  } catch {
    return true
  }
}

customElements.define("key-switch", class extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input")
    this.hidden = false
    box.checked = keysAreOn()
    box.onchange = () => (box.checked ? localStorage.removeItem(name) : localStorage.setItem(name, ""))
  }
})
