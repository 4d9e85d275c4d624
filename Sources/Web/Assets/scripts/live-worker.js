// Runs once for all tabs of this browser: one connection however many are open, so that the seventh does not freeze the eighth request.
import { LiveSource } from "./live-source.js"

const kept = 300
const ports = new Set()
const frames = []
let forgotten = 0

const source = new LiveSource(frame => {
  if (frame.id && frame.type !== "heartbeat") remember(frame)
  for (const port of ports) port.postMessage(frame)
})

function remember(frame) {
  frames.push(frame)
  if (frames.length > kept) forgotten = frames.shift().id
}

// A page was made a moment before it came here: it gets what it missed, or is told to look again.
function greet(port, since) {
  if (ports.size === 0 || source.last === 0) {
    forgotten = since
    source.open(since)
  } else if (since < forgotten) {
    port.postMessage({ type: "refresh" })
  } else {
    for (const frame of frames) if (frame.id > since) port.postMessage(frame)
  }
  ports.add(port)
  source.check()
}

onconnect = event => {
  const [port] = event.ports
  port.onmessage = ({ data }) => {
    if (data.hello !== undefined) greet(port, data.hello)
    if (data.awake) source.check()
    if (data.online) source.renew()
    if (data.bye) ports.delete(port)
    if (ports.size === 0) source.close()
  }
}

setInterval(() => ports.size && source.check(), 5000)
