// <draft-keeper data-path>: saves the draft on the server while it is written. What is not there yet lies in this browser too.
import { LocalCopy } from "./local-copy.js"
import { put } from "./saving.js"

customElements.define("draft-keeper", class extends HTMLElement {
  #copy = null
  #timer = null
  #request = null
  #pause = 800
  #isDirty = false
  #isSent = false
  #gone = new AbortController()
  #saving = null

  connectedCallback() {
    this.#copy = new LocalCopy(this.dataset.path, this.#text)
    this.#copy.offer(() => this.#input())
    this.oninput = () => this.#input()
    this.#form.addEventListener("submit", () => this.#send())
    // It never arrived, or nobody knows: it is still a draft.
    this.#form.addEventListener("unsent", () => (this.#isSent = false, this.#input()))
    const { signal } = this.#gone
    addEventListener("pagehide", () => this.#isDirty && this.#save({ keepalive: true }), { signal })
    addEventListener("pageshow", event => (this.#isSent &&= !event.persisted), { signal })
    addEventListener("online", () => this.#isDirty && this.#save(), { signal })
  }

  disconnectedCallback() {
    this.#gone.abort()
    this.flush()
  }

  // Settles once the server has what was written, or could not be reached.
  flush() {
    clearTimeout(this.#timer)
    if (this.#isDirty) this.#save({ keepalive: true })
    return this.#saving
  }

  get #form() {
    return this.closest("form")
  }

  get #text() {
    return this.querySelector("textarea")
  }

  #input() {
    this.#isDirty = true
    this.#copy.keep()
    this.#say("unsaved")
    this.#later(800)
  }

  #later(pause) {
    clearTimeout(this.#timer)
    this.#pause = pause
    this.#timer = setTimeout(() => this.#save(), pause)
  }

  // Sending takes the draft along; a save that came in later would bring it back.
  #send() {
    this.#isSent = true
    this.#isDirty = false
    clearTimeout(this.#timer)
    this.#request?.abort()
    this.#copy.send()
  }

  #save = (options = {}) => (this.#saving = this.#put(options))

  async #put(options) {
    if (this.#isSent) return
    this.#request?.abort()
    this.#request = new AbortController()
    this.#isDirty = false
    try {
      const outcome = await put(this.dataset.path, this.#form, this.#request, options)
      if (outcome !== "refused" && this.#isDirty) return
      if (outcome !== "refused") this.#copy.forget()
      this.#say(outcome)
    } catch (error) {
      if (error.name === "AbortError" || this.#isSent) return
      this.#isDirty = true
      this.#say("offline")
      this.#later(Math.min(this.#pause * 2, 30_000))
    }
  }

  #say(state) {
    const status = this.querySelector(".saved")
    status.textContent = this.dataset[state]
    status.toggleAttribute("data-trouble", state === "offline" || state === "refused")
    document.dispatchEvent(new CustomEvent("draft", { detail: state }))
  }
})
