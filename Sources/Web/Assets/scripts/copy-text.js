// <copy-text>: a button that copies the field beside it. On plain HTTP browsers offer no clipboard, so the old way follows.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    button.hidden = false
    button.onclick = async () => {
      const field = this.querySelector("input, textarea")
      field.select()
      if (navigator.clipboard) await navigator.clipboard.writeText(field.value)
      else document.execCommand("copy")
      button.textContent = this.dataset.copied
    }
  }
})
