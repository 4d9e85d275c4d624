// Further pages of a list, fetched as its end comes near: their rows go behind those that are there, and none stands twice.
// Without this the way to older ones is a link.
import { fragment } from "./fragment.js"
import { renewOlder } from "./list-signs.js"

const ahead = 800
const patience = 5000

export class ListGrowth {
  #list
  #rows
  #sight
  #growing = null
  #missed = []

  constructor(list, rows) {
    this.#list = list
    this.#rows = rows
    const root = list.closest(".queue")
    this.#sight = new IntersectionObserver(seen => seen.some(entry => entry.isIntersecting) && this.grow(), { root, rootMargin: `${ahead}px 0px` })
    root.addEventListener("click", event => this.#press(event))
    this.watch()
  }

  stop() {
    this.#sight.disconnect()
  }

  // The way to older ones may be another one now.
  watch() {
    this.#sight.disconnect()
    if (this.#older) this.#sight.observe(this.#older)
  }

  // What changes while a page is under way is newer than that page.
  hear(row) {
    if (this.#growing) this.#missed.push(row)
  }

  grow() {
    return (this.#growing ??= this.#fetch().then(hasGrown => {
      this.#growing = null
      this.#missed = []
      setTimeout(() => this.#list.isConnected && this.watch(), hasGrown ? 0 : patience)
    }))
  }

  async #fetch() {
    const older = this.#older
    const queue = older && await fragment(`/inbox/list${older.querySelector("a").search}`)
    if (!queue || !older.isConnected) return false
    const added = this.#rows.add(queue)
    if (older.contains(document.activeElement)) document.getElementById([...added][0])?.querySelector("a").focus()
    renewOlder(queue, this.#list)
    for (const row of this.#missed) if (added.has(row.id)) this.#rows.place(row.cloneNode(true))
    return true
  }

  #press(event) {
    if (!event.target.closest(".older") || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.grow()
  }

  get #older() {
    return this.#list.parentElement.querySelector(":scope > .older")
  }
}
