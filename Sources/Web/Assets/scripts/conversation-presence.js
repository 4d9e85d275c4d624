// <conversation-presence data-conversation data-me data-here data-writes>: says who else has this conversation open and who is writing, and
// tells the others the same of this tab. Nothing of it is kept.
import { listen } from "./live.js"

const tab = crypto.getRandomValues(new Uint32Array(2)).join("-")
const every = 25_000
const pause = 8_000

customElements.define("conversation-presence", class extends HTMLElement {
  #stop = null
  #gone = null
  #beat = null
  #rest = null
  #told = ""

  connectedCallback() {
    this.#gone = new AbortController()
    const { signal } = this.#gone
    this.#stop = listen(Number(document.querySelector("desk-alarms")?.dataset.since ?? 0), ({ type, data }) => type === "presence" && this.#show(JSON.parse(data)))
    this.#beat = setInterval(() => document.hidden || this.#tell(this.#told), every)
    document.addEventListener("visibilitychange", () => this.#tell(document.hidden ? "gone" : "here"), { signal })
    addEventListener("pagehide", () => this.#tell("gone"), { signal })
    addEventListener("input", ({ target }) => target.closest(".composer") && this.#write(), { signal })
    document.hidden || this.#tell("here")
  }

  disconnectedCallback() {
    this.#tell("gone")
    this.#stop()
    this.#gone.abort()
    clearInterval(this.#beat)
    clearTimeout(this.#rest)
  }

  // As long as keys are pressed, and a breath longer.
  #write() {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#tell("here"), pause)
    if (this.#told !== "writing") this.#tell("writing")
  }

  async #tell(state) {
    this.#told = state
    const body = new URLSearchParams({ tab, state })
    const path = `/conversations/${this.dataset.conversation}/presence`
    const answer = await fetch(path, { method: "POST", body, keepalive: true }).catch(() => null)
    if (state !== "gone" && answer?.ok && answer.headers.get("content-type") === "application/json") this.#show(await answer.json())
  }

  #show({ id, here }) {
    if (id !== this.dataset.conversation) return
    const others = here.filter(one => one.id !== this.dataset.me)
    const name = (one, { here, writes } = this.dataset) => (one.isWriting ? writes : here).replace("#", one.name)
    const text = others.map(one => name(one)).join(" · ")
    if (this.textContent !== text) this.textContent = text
    this.toggleAttribute("data-writing", others.some(one => one.isWriting))
  }
})
