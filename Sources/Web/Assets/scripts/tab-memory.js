// What this tab remembers from one page to the next. Storage may be forbidden; then each page begins afresh.
export function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    return
  }
}

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name))
  } catch {
    return null
  }
}
