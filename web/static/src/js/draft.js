// Keeps what is typed in a form with data-draft in this browser, only after somebody ticked "this is my phone": on a
// shared device nothing is ever stored. A page with data-draft-clear (the receipt, the sign-out) removes drafts.
const prefix = 'baara-draft:'
const consent = 'baara-my-phone'

function forget() {
  Object.keys(localStorage).filter(k => k.startsWith(prefix)).forEach(k => localStorage.removeItem(k))
}

export function keepDrafts() {
  if (document.querySelector('[data-draft-clear]')) forget()
  const form = document.querySelector('form[data-draft]')
  const box = form && form.querySelector('[data-draft-box]')
  if (!box) return
  const tick = box.querySelector('input')
  const kept = box.querySelector('[role=status]')
  const key = prefix + form.dataset.draft
  box.hidden = false
  tick.checked = localStorage.getItem(consent) === '1'

  const fields = () => [...form.elements].filter(e =>
    e.name && e !== tick && !['hidden', 'password', 'file', 'submit'].includes(e.type) && e.tagName !== 'BUTTON')
  const save = () => {
    if (!tick.checked) return
    const values = fields().filter(e => !['checkbox', 'radio'].includes(e.type) || e.checked).map(e => [e.name, e.value])
    localStorage.setItem(key, JSON.stringify(values))
    kept.hidden = false
  }
  tick.addEventListener('change', () => {
    if (tick.checked) {
      localStorage.setItem(consent, '1')
      save()
    } else {
      localStorage.removeItem(consent)
      forget()
      kept.hidden = true
    }
  })
  form.addEventListener('input', save)
  form.addEventListener('submit', e => { if (!e.defaultPrevented) localStorage.removeItem(key) })
  if (tick.checked) restore(fields(), JSON.parse(localStorage.getItem(key) || '[]'))
}

// What the server sent wins: only an untouched form is filled.
function restore(fields, values) {
  const choice = e => ['checkbox', 'radio'].includes(e.type)
  if (fields.some(e => choice(e) ? e.checked !== e.defaultChecked : e.value !== e.defaultValue && e.tagName !== 'SELECT')) return
  if (fields.some(e => !choice(e) && e.value)) return
  for (const [name, value] of values) {
    for (const e of fields) {
      if (e.name !== name) continue
      if (!choice(e)) e.value = value
      else if (e.value === value) e.checked = true
    }
  }
}
