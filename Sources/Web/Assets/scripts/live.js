// The live feed as elements see it: `listen(since, take)` calls `take({ type, id, data })` until the page goes.
import { LiveSource } from "./live-source.js"

const listeners = new Set()
const tell = frame => listeners.forEach(take => take(frame))
let say = null

function throughWorker(since) {
  const worker = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module" })
  worker.port.onmessage = event => tell(event.data)
  worker.port.postMessage({ hello: since })
  addEventListener("pagehide", () => worker.port.postMessage({ bye: true }))
  addEventListener("pageshow", event => event.persisted && worker.port.postMessage({ hello: since }))
  return {
    awake: () => worker.port.postMessage({ awake: true }),
    online: () => worker.port.postMessage({ online: true }),
    rest() {},
  }
}

function alone(since) {
  const source = new LiveSource(tell)
  source.open(since)
  setInterval(() => document.hidden || source.check(), 5000)
  return { awake: () => source.renew(), online: () => source.renew(), rest: () => source.close() }
}

export function listen(since, take) {
  listeners.add(take)
  if (!say) {
    say = "SharedWorker" in window ? throughWorker(since) : alone(since)
    document.addEventListener("visibilitychange", () => (document.hidden ? say.rest() : say.awake()))
    addEventListener("online", () => say.online())
    addEventListener("pageshow", event => event.persisted && tell({ type: "refresh" }))
  }
  return () => listeners.delete(take)
}
