// One connection to the desk's live feed. Used by the shared worker, and by the visible tab where there is none.
const silence = 20_000

export class LiveSource {
  last = 0
  #emit
  #events = null
  #heard = 0
  #pause = 1000

  constructor(emit) {
    this.#emit = emit
  }

  open(since) {
    this.last = Math.max(this.last, since)
    this.close()
    this.#heard = Date.now()
    this.#events = new EventSource(`/live?since=${this.last}`)
    for (const type of ["row", "conversation", "alarms", "presence", "reload", "heartbeat"]) {
      this.#events.addEventListener(type, event => this.#hear(type, event))
    }
    this.#events.onopen = () => this.#hear("online", {})
    this.#events.onerror = () => this.#lose()
  }

  close() {
    this.#events?.close()
    this.#events = null
  }

  // After a sleep, and when the network is back: whatever the browser believes of the old connection.
  renew() {
    this.open(this.last)
    this.#emit({ type: "refresh" })
  }

  // Now and then: a connection that says nothing is dead, whatever the browser believes.
  check() {
    if (Date.now() - this.#heard > silence) this.renew()
  }

  #hear(type, event) {
    this.#heard = Date.now()
    this.#pause = 1000
    const id = Number(event.lastEventId) || 0
    this.last = Math.max(this.last, id)
    this.#emit({ type, id, data: event.data })
  }

  // The browser reconnects by itself after a broken line, but gives up after an answer that is no stream.
  #lose() {
    this.#emit({ type: "offline" })
    if (this.#events?.readyState !== EventSource.CLOSED) return
    setTimeout(() => this.open(this.last), this.#pause)
    this.#pause = Math.min(this.#pause * 2, 15_000)
  }
}
