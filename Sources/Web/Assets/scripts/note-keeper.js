// <note-keeper data-path>: a note that is being written lies in this browser until it is saved, whichever way its page is left.
import { LocalCopy } from "./local-copy.js"

customElements.define("note-keeper", class extends HTMLElement {
  connectedCallback() {
    const copy = new LocalCopy(this.dataset.path, this.querySelector("textarea"))
    const mode = this.closest(".composer").querySelector("[name=mode][value=note]")
    copy.offer(() => mode && (mode.checked = true))
    this.oninput = () => copy.keep()
    this.closest("form").addEventListener("submit", () => copy.send())
  }
})
