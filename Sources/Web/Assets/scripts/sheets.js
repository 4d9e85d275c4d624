// Ten thousand rows lie on sheets, a list each: a sheet that is out of sight costs nothing.
const size = 50

export function sheetsOf(part) {
  return part ? [...part.children].filter(child => child.matches("ol")) : []
}

// The sheet, or a new one behind it where it is full.
export function roomBehind(sheet) {
  if (!sheet || sheet.children.length < size) return sheet
  const next = sheet.cloneNode(false)
  sheet.after(next)
  return next
}

// A long list that came as one is cut.
export function cut(part) {
  let [sheet] = sheetsOf(part)
  const rows = [...sheet.children]
  for (let from = size; from < rows.length; from += size) {
    sheet = roomBehind(sheet)
    sheet.append(...rows.slice(from, from + size))
  }
}

// An empty one would keep its room, and a part without rows its title.
export function sweep(part) {
  for (const sheet of sheetsOf(part).slice(1)) if (!sheet.firstElementChild) sheet.remove()
  part.hidden = !part.querySelector(".row")
}
