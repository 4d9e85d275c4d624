// Puts a draft on the server and tells what became of it. Throws where the server cannot be reached, fails, or takes too long.
const patience = 10_000

export async function put(path, form, request, options) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string")
  const late = setTimeout(() => request.abort(new DOMException("No answer", "TimeoutError")), patience)
  try {
    const { status, redirected } = await fetch(path, { method: "PUT", body: new URLSearchParams(fields), signal: request.signal, ...options })
    if (status >= 500) throw new Error(status)
    if (redirected) return "refused"
    if (status === 409) return "held" // saved, and a colleague is answering
    return status >= 400 ? "refused" : "saved"
  } finally {
    clearTimeout(late)
  }
}
