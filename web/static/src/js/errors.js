// Moves to the error summary, so that screen readers and small screens start there.
export function focusErrors() {
  const summary = document.getElementById('error-summary')
  if (summary) summary.focus()
}
