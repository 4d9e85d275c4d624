// <conversation-thread data-conversation data-version>: the messages, fetched anew with all around them when their conversation
// changed. Who reads further up stays there and is told; a form being filled in is left alone until it is done.
import { listen } from "./live.js"
import { elements, fragment, hasText } from "./fragment.js"
import { announceNews, sayNotices, words } from "./announcer.js"
import { FollowEnd } from "./follow-end.js"

// How much citizens wrote.
const heard = thread => thread.querySelectorAll(".msg[data-kind=in]").length

customElements.define("conversation-thread", class extends HTMLElement {
  #stop = null
  #end = null

  connectedCallback() {
    const since = document.querySelector("live-list")?.dataset.since ?? 0
    this.#stop = listen(Number(since), frame => this.take(frame))
    this.addEventListener("stale", () => this.#fetch())
    this.#end = new FollowEnd(this.closest(".scroll"), this)
    location.hash.startsWith("#message") ? this.#end.stay() : this.#end.go()
  }

  disconnectedCallback() {
    this.#stop()
    this.#end.stop()
  }

  take({ type, data }) {
    if (type === "refresh" || type === "reload") return this.#fetch()
    if (type === "row") return this.#see(elements(data).firstElementChild)
    if (type !== "conversation") return
    const { id, version } = JSON.parse(data)
    if (id === this.dataset.conversation && Number(version) > Number(this.dataset.version)) this.#fetch()
  }

  // Somebody began to answer, took it over or let it go: no news for the record, but for who has it open.
  #see(row) {
    if (row.id !== `conversation-${this.dataset.conversation}`) return
    const whose = row.querySelector("[data-whose]")?.dataset.whose ?? ""
    if (whose !== (this.dataset.whose ?? "")) this.#fetch()
    this.dataset.whose = whose
  }

  async #fetch() {
    if (this.querySelector("input:focus")) return this.addEventListener("focusout", () => this.#fetch(), { once: true })
    const query = new URLSearchParams(location.search)
    const answering = this.#pane.querySelector(".composer [name=answering]")
    if (answering && hasText(this.#pane.querySelector(".composer"))) query.set("answering", answering.value)
    const found = await fragment(`/conversations/${this.dataset.conversation}/pane?${query}`)
    const thread = found?.querySelector("conversation-thread")
    if (!thread) return
    const wasFollowing = this.#end.isFollowing
    const [count, before] = [this.querySelectorAll(".msg").length, heard(this)]
    const open = [...this.querySelectorAll("details[open]")].map(details => [details.closest(".msg").id, details.className])
    this.dataset.version = thread.dataset.version
    this.replaceChildren(...thread.childNodes)
    for (const [id, name] of open) document.getElementById(id)?.querySelector(`details.${name}`)?.setAttribute("open", "")
    if (wasFollowing) this.#end.go()
    else if (this.querySelectorAll(".msg").length > count) this.#tell()
    if (heard(this) > before) announceNews(this.dataset.new)
    this.#renew(found)
  }

  // Whose it is, what can be done, and where the answer is written, unless somebody is at it.
  #renew(found) {
    for (const seen of found.querySelectorAll(".actions [name=seen]")) {
      for (const field of this.#pane.querySelectorAll(".actions [name=seen]")) field.value = seen.value
    }
    for (const part of [".about", ".actions", ".composer"]) {
      const [old, now] = [this.#pane.querySelector(part), found.querySelector(part)]
      if (!old || !now || old.contains(document.activeElement) || old.querySelector("details[open], :popover-open")) continue
      if (part !== ".composer" || !hasText(old)) old.replaceWith(now)
    }
    const notices = [...this.#pane.querySelectorAll(":scope > .flash")]
    notices.forEach(notice => notice.remove())
    this.#pane.querySelector(".composer")?.before(...found.querySelectorAll(".conversation > .flash"))
    sayNotices(this.#pane, new Set(notices.map(words)))
  }

  get #pane() {
    return this.closest(".conversation")
  }

  #tell() {
    const news = Object.assign(document.createElement("p"), { className: "news-below" })
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${this.dataset.new} ↓` })
    button.onclick = () => {
      this.#end.go()
      news.remove()
    }
    news.append(button)
    this.append(news)
  }
})
