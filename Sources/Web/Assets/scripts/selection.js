// What is chosen in the list: counted, in ranges with Shift, and let go by Escape.
const boxes = () => [...document.querySelectorAll(".row > input")]
export const isChosen = () => document.querySelector(".row > input:checked, .selection :checked") !== null
let last = null

addEventListener("click", ({ target, shiftKey }) => {
  if (!target.matches?.(".row > input")) return
  const all = boxes()
  const [from, to] = [all.indexOf(last), all.indexOf(target)].sort((one, other) => one - other)
  if (shiftKey && from >= 0) for (const box of all.slice(from, to + 1)) box.checked = target.checked
  last = target
  count()
})

addEventListener("change", ({ target }) => target.matches?.(".selection .all > input") && count())

export function toggle(row) {
  row?.querySelector("input")?.click()
}

export function letGo() {
  for (const box of document.querySelectorAll(".row > input:checked, .selection :checked")) box.checked = false
  count()
}

// A deed is done: the next one has a name of its own, and what is chosen begins anew.
export function renewSelection(queue) {
  const [old, now] = [document.getElementById("selection"), queue.querySelector("#selection")]
  if (old && now) for (const name of ["token", "asOf"]) old.elements[name].value = now.elements[name].value
  letGo()
}

export function count() {
  const output = document.querySelector(".selection .chosen")
  if (!output) return
  const number = document.querySelectorAll(".row > input:checked").length
  const { one, other } = output.dataset
  output.textContent = number === 0 ? "" : (number === 1 ? one : other).replace("#", number)
}
