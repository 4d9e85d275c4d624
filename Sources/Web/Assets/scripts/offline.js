// The page that was wanted is back as soon as the desk answers.
const pause = 5000

async function tryAgain() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null)
  if (answer?.ok) location.reload()
}

addEventListener("online", tryAgain)
setInterval(tryAgain, pause)
