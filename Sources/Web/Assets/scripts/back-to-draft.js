// What was taken back stands in the draft again, and the cursor behind it.
const takesBack = /^\/(deliveries|replies)\/[^/]+\/(withdrawal|redraft)$/

document.addEventListener("deed", ({ detail }) => {
  if (!takesBack.test(new URL(detail, location).pathname) || !document.querySelector(".notices > [data-kind=done]")) return
  const field = document.getElementById("reply")
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(field.value.length, field.value.length)
})
