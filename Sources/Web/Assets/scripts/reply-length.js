// <reply-length data-limit data-mention data-signature>: shows the length as the network counts it. The form works without it; the server's count is
// the one that holds, and says in how many parts a text that is too long would leave.
import { fragment } from "./fragment.js"

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null
const url = /https?:\/\/[^\s<>"]+/gi
const mention = /(^|[^/\w])@(\w+)@[a-z0-9.-]*[a-z0-9]/gi

// As Mastodon does: characters as people see them, any address 23, `@name@server` as `@name`.
function length(text) {
  const counted = text.replace(url, "x".repeat(23)).replace(mention, "$1@$2")
  return segmenter ? [...segmenter.segment(counted)].length : [...counted].length
}

// As the server does: nothing is added to a text that ends with it already.
function isSigned(text, signature) {
  const before = text.slice(0, -signature.length).at(-1) ?? ""
  return text.endsWith(signature) && !(/[\p{L}\p{N}]/u.test(before) && /^[\p{L}\p{N}]/u.test(signature))
}

customElements.define("reply-length", class extends HTMLElement {
  #gone = new AbortController()

  connectedCallback() {
    this.closest("form").addEventListener("input", () => this.#show())
    if (this.closest("draft-keeper")) document.addEventListener("draft", ({ detail }) => this.#ask(detail), { signal: this.#gone.signal })
    this.#show()
  }

  disconnectedCallback() {
    this.#gone.abort()
  }

  #show() {
    const text = this.querySelector("textarea").value
    const warning = this.closest("form").elements.warning?.value ?? ""
    const { limit, mention, signature = "" } = this.dataset
    const prefix = mention && !text.includes(mention.trim()) ? mention : ""
    const isAdded = signature !== "" && !isSigned(text.trim(), signature)
    this.querySelector(".signature")?.toggleAttribute("hidden", !isAdded)
    const end = isAdded ? ` ${signature}`.slice(text.trim() ? 0 : 1) : ""
    const count = length(prefix + text + end) + length(warning)
    const output = this.querySelector("output")
    output.value = `${count} / ${limit}`
    output.toggleAttribute("data-over", count > Number(limit))
    this.querySelector(".split")?.toggleAttribute("hidden", count <= Number(limit))
  }

  async #ask(state) {
    if ((state !== "saved" && state !== "held") || !this.querySelector("[data-over]")) return
    const answering = this.closest("form").elements.answering.value
    const found = await fragment(`${this.closest("draft-keeper").dataset.path.replace(/draft$/, "pane")}?answering=${answering}`)
    const [old, split] = [this.querySelector(".split"), found?.querySelector(".split")]
    if (!split || old?.textContent === split.textContent) return
    if (old) split.querySelector("input").checked = old.querySelector("input").checked
    old ? old.replaceWith(split) : this.querySelector("footer").prepend(split)
    this.#show()
  }
})
