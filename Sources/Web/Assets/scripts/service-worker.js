// The desk where there is no connection: a page that says so. It keeps that page and what it needs, and nothing else: no page of the desk,
// no word of a citizen. Only pages that are asked for pass through here, and only to be answered with that one where nobody else answers.
const { version, language } = Object.fromEntries(new URL(location).searchParams)
const store = `schalter-${version}-${language}`
const page = `/offline/${language}`
const assets = ["schalter.css", "scripts/offline.js", "icons/icons.svg", "icons/favicon.svg"].map(path => `/assets/${version}/${path}`)

oninstall = event => event.waitUntil(keep())
onactivate = event => event.waitUntil(tidy())

onfetch = event => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== "GET" || origin !== location.origin) return
  if (mode === "navigate") event.respondWith(visit(event))
  else if (assets.includes(pathname)) event.respondWith(asset(event.request))
}

async function keep() {
  const cache = await caches.open(store)
  await cache.addAll([page, ...assets].map(path => new Request(path, { credentials: "omit" })))
  await skipWaiting()
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("schalter-") && name !== store) await caches.delete(name)
  // The page is asked for while this worker still wakes up.
  await registration.navigationPreload?.enable()
  await clients.claim()
}

async function visit(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    return (await caches.match(page)) ?? Response.error()
  }
}

async function asset(request) {
  return (await caches.match(request)) ?? fetch(request)
}
