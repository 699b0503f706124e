// Asks before a changed form is left without sending it.
export function warnBeforeLeaving() {
  let changed = false
  document.addEventListener('input', e => { if (e.target.form && e.target.form.method === 'post') changed = true })
  document.addEventListener('submit', e => { if (!e.defaultPrevented) changed = false })
  addEventListener('beforeunload', e => { if (changed) e.preventDefault() })
}
