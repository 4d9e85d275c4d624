// Keeps the end of what scrolls in sight, whatever grows in it or takes room from it, until the reader scrolls up.
const near = 80

export class FollowEnd {
  #scroll
  #isFollowing = true
  #last = 0
  #sizes = new ResizeObserver(() => this.#isFollowing && this.go())

  constructor(scroll, content) {
    this.#scroll = scroll
    for (const part of [scroll, content]) this.#sizes.observe(part)
    // Only a reader scrolls up: what grows leaves the place as it is, or moves it down.
    scroll.addEventListener("scroll", () => {
      this.#isFollowing = this.isAtEnd || (this.#isFollowing && scroll.scrollTop >= this.#last)
      this.#last = scroll.scrollTop
    }, { passive: true })
    // Who opens something there wants to read it from its beginning.
    content.addEventListener("click", ({ target }) => target.closest("summary") && this.stay())
  }

  get isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll
    return scrollHeight - scrollTop - clientHeight < near
  }

  get isFollowing() {
    return this.#isFollowing
  }

  go() {
    this.#isFollowing = true
    this.#scroll.scrollTop = this.#scroll.scrollHeight
  }

  stay() {
    this.#isFollowing = false
  }

  stop() {
    this.#sizes.disconnect()
  }
}
