// <desk-alarms data-since data-reads>: emergencies over every page, until somebody takes them over. One that comes in live is laid over the
// page, so that nothing moves under the pointer, and is heard.
import { listen } from "./live.js"
import { elements, fragment } from "./fragment.js"

customElements.define("desk-alarms", class extends HTMLElement {
  #stop = null

  connectedCallback() {
    this.#stop = listen(Number(this.dataset.since), frame => this.#take(frame))
  }

  disconnectedCallback() {
    this.#stop()
  }

  async #take({ type, data }) {
    if (type === "alarms") this.#show(elements(data))
    if (type !== "refresh" && type !== "reload") return
    const calls = await fragment("/alarms/calls")
    if (calls) this.#show(calls)
  }

  // Those that stand here stay as they are: they would be read out anew.
  #show(calls) {
    const now = [...calls.children]
    for (const old of this.querySelectorAll(".alarm")) if (!now.some(({ id }) => id === old.id)) old.remove()
    const fresh = now.filter(({ id }) => !document.getElementById(id))
    if ("reads" in this.dataset) for (const call of fresh) call.querySelector("form")?.remove()
    this.#arrived.prepend(...fresh)
    if (fresh.length > 0) sound()
  }

  get #arrived() {
    if (!this.querySelector(".arrived")) this.prepend(Object.assign(document.createElement("div"), { className: "arrived" }))
    return this.querySelector(".arrived")
  }
})

// Three short tones. Browsers forbid them on a page that nobody has touched yet.
function sound() {
  const context = new AudioContext()
  for (const [place, pitch] of [880, 660, 880].entries()) {
    const tone = new OscillatorNode(context, { frequency: pitch })
    tone.connect(new GainNode(context, { gain: 0.1 })).connect(context.destination)
    tone.start(context.currentTime + place * 0.25)
    tone.stop(context.currentTime + place * 0.25 + 0.18)
  }
  setTimeout(() => context.close(), 1500)
}
