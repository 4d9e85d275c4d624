// A text kept in this browser until the server has it. Given back only where the server still holds what it was written upon:
// a newer draft is never overwritten.
// Each colleague's own, and gone when they sign out.
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key)
})

export class LocalCopy {
  #key
  #field
  #base

  constructor(path, field) {
    this.#key = `draft:${document.querySelector("live-list")?.dataset.me}:${path}`
    this.#field = field
    this.#base = field.value
  }

  offer(taken) {
    const copy = this.#read()
    if (!copy) return
    if (copy.isSent && this.#isThere(copy.text)) return this.forget()
    if (copy.base !== this.#field.value || copy.text === this.#field.value) return this.forget()
    this.#field.value = copy.text
    taken()
  }

  keep() {
    this.#try(() => localStorage.setItem(this.#key, JSON.stringify({ base: this.#base, text: this.#field.value })))
  }

  // On its way with its form: forgotten once the conversation shows it.
  send() {
    this.#try(() => localStorage.setItem(this.#key, JSON.stringify({ base: this.#base, text: this.#field.value, isSent: true })))
  }

  // Whether what we wrote last stands there, as one message or as the parts of a long one, and with the signature it was sent with.
  #isThere(written) {
    const bare = words => words.replace(/\s+/g, " ").trim()
    const text = `${written} ${this.#field.closest("[data-signature]")?.dataset.signature ?? ""}`
    return [...document.querySelectorAll(".msg:is([data-kind=out], [data-kind=note]) .body")]
      .some(body => bare(body.textContent) !== "" && bare(text).includes(bare(body.textContent)))
  }

  forget() {
    this.#base = this.#field.value
    this.#try(() => localStorage.removeItem(this.#key))
  }

  #read() {
    return this.#try(() => JSON.parse(localStorage.getItem(this.#key)))
  }

  // Storage may be full or forbidden; the server's copy is the one that counts.
  #try(work) {
    try {
      return work()
    } catch {
      return null
    }
  }
}
