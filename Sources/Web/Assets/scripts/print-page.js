// <print-page>: a button that prints. What is chosen shows at once.
document.documentElement.dataset.scripted = ""

customElements.define("print-page", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.querySelector("button").onclick = () => print()
    document.querySelector("[name=notes]")?.addEventListener("change", ({ target }) => target.form.requestSubmit())
  }
})
