// Fetches a piece of a page and gives its elements, or nothing where that fails: what stands there stays, and the feed asks again.
export async function fragment(path, options = {}) {
  try {
    const answer = await fetch(path, { headers: { Accept: "text/html" }, ...options })
    if (!answer.ok || answer.redirected) return null
    return elements(await answer.text())
  } catch {
    return null
  }
}

// HTML of our own server, escaped there. Brought into this document: elsewhere links lead nowhere.
export function elements(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return document.importNode(template.content, true)
}

// Has somebody written something that is not on the server yet?
export function hasUnsavedText() {
  return [...document.querySelectorAll("textarea, input:not([type=hidden])")].some(field => field.value !== field.defaultValue)
}

// Has somebody written something in here, saved or not?
export function hasText(part) {
  return [...part.querySelectorAll("textarea, input[type=text], input:not([type])")].some(field => field.value !== "")
}
