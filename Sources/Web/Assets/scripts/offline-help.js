// Sets up the worker that shows a page of ours where there is no connection: for who is signed in, in browsers that have one (not on plain HTTP).
// Its address carries the assets' version and the language, so that a new one of either sets up a new worker.
const [, version] = new URL(import.meta.url).pathname.match(/^\/assets\/([^/]+)\//) ?? []

if (version && document.body.matches(".desk") && "serviceWorker" in navigator) {
  const address = `/service-worker.js?version=${version}&language=${document.documentElement.lang}`
  // Without it everything works but that page.
  addEventListener("load", () => navigator.serviceWorker.register(address).catch(() => null))
}
