// <reply-length data-limit data-mention>: shows the length as the network counts it. The form works without it; the server's count is
// the one that holds.
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null
const url = /https?:\/\/[^\s<>"]+/gi
const mention = /(^|[^/\w])@(\w+)@[a-z0-9.-]*[a-z0-9]/gi

// As Mastodon does: characters as people see them, any address 23, `@name@server` as `@name`.
function length(text) {
  const counted = text.replace(url, "x".repeat(23)).replace(mention, "$1@$2")
  return segmenter ? [...segmenter.segment(counted)].length : [...counted].length
}

customElements.define("reply-length", class extends HTMLElement {
  connectedCallback() {
    this.closest("form").addEventListener("input", () => this.#show())
    this.#show()
  }

  #show() {
    const text = this.querySelector("textarea").value
    const warning = this.closest("form").elements.warning?.value ?? ""
    const { limit, mention } = this.dataset
    const prefix = mention && !text.includes(mention.trim()) ? mention : ""
    const count = length(prefix + text) + length(warning)
    const output = this.querySelector("output")
    output.value = `${count} / ${limit}`
    output.toggleAttribute("data-over", count > Number(limit))
  }
})
