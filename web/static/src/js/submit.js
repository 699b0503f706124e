// Sends a form once, however often its button is pressed. The server recognises a repeat anyway.
export function guardSubmits() {
  const pause = 8000
  document.addEventListener('submit', e => {
    const form = e.target
    if (e.defaultPrevented || form.method !== 'post') return
    const now = Date.now()
    if (now - (form.dataset.sent || 0) < pause) e.preventDefault()
    else form.dataset.sent = now
  })
  addEventListener('pageshow', () => document.querySelectorAll('form').forEach(f => delete f.dataset.sent))
}
