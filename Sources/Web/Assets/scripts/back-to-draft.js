// What was taken back, or put in, stands in the draft, and the cursor behind it.
const takesBack = /^\/(deliveries|replies)\/[^/]+\/(withdrawal|redraft)$|^\/conversations\/\d+\/draft\/snippet$/

document.addEventListener("deed", ({ detail }) => {
  if (!takesBack.test(new URL(detail, location).pathname) || document.querySelector(".notices > [data-kind=problem]")) return
  const field = document.getElementById("reply")
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(field.value.length, field.value.length)
})
