// What stands around the rows of the list, taken from the list as the server has it now: counts, how the channels are, the way to older ones.
import { announce } from "./announcer.js"

export function renewSigns(queue) {
  const views = queue?.querySelector(".views")
  if (views && !document.querySelector(".views:focus-within")) document.querySelector(".views")?.replaceWith(views)
  tell(queue?.querySelector(".health"))
}

export function renewOlder(queue, list) {
  list.parentElement.querySelector(":scope > .older")?.remove()
  list.after(...queue.querySelectorAll(".older"))
}

// New rows that wait until somebody wants them.
export function offerNews(list, count, show) {
  if (list.firstElementChild?.matches(".news")) list.firstElementChild.remove()
  if (count === 0) return
  const button = Object.assign(document.createElement("button"), { type: "button", onclick: show })
  button.textContent = count === 1 ? list.dataset.moreOne : list.dataset.moreOther.replace("#", count)
  const news = Object.assign(document.createElement("p"), { className: "news" })
  news.append(button)
  list.prepend(news)
}

// What is wrong with a channel stands above the rows, that all is well below them.
function tell(health) {
  const before = document.querySelector(".queue .health")
  if (!health || health.textContent === before?.textContent) return
  before?.remove()
  if ("trouble" in health.dataset) announce(health.textContent.trim())
  "trouble" in health.dataset ? document.querySelector(".queue > header").after(health) : document.querySelector(".queue").append(health)
}
