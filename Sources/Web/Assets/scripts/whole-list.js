// A list as the server has it now, at least so many rows of it.
import { fragment } from "./fragment.js"
import { renewOlder } from "./list-signs.js"

const largest = 500

export async function wholeList(path, count) {
  const size = Math.min(Math.max(count, 50), largest)
  const queue = await fragment(`${path}&rows=${size}`)
  let link = queue?.querySelector(".older a")
  while (link && queue.querySelectorAll(".row").length < count) {
    const next = await fragment(`/inbox/list${link.search}&rows=${size}`)
    if (!next) return null
    join(queue, next)
    link = queue.querySelector(".older a")
  }
  return queue
}

function join(queue, next) {
  const known = new Set([...queue.querySelectorAll(".row")].map(row => row.id))
  for (const row of next.querySelectorAll(".row")) if (known.has(row.id)) row.remove()
  for (const part of next.querySelectorAll(".part")) {
    const same = queue.querySelector(`.part[data-name="${part.dataset.name}"]`)
    if (!same) queue.querySelector("live-list > .empty").before(part)
    else same.querySelector("ol").append(...part.querySelectorAll(".row"))
    if (part.querySelector(".row") || same?.querySelector(".row")) (same ?? part).hidden = false
  }
  renewOlder(next, queue.querySelector("live-list"))
}
