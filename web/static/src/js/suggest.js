// Turns a text field with data-suggest into a combobox over /taxonomy/suggest, which answers [{label, hint}]. The field
// stays a text field: what is typed counts, chosen or not. Follows the ARIA combobox pattern with a list.
export function suggestConcepts() {
  document.querySelectorAll('input[data-suggest]').forEach(combobox)
}

function combobox(input) {
  const box = document.createElement('div')
  const list = document.createElement('ul')
  const status = document.createElement('p')
  box.className = 'combo'
  list.id = input.id + '-list'
  list.hidden = true
  status.className = 'vh'
  status.setAttribute('role', 'status')
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', (document.querySelector(`label[for="${input.id}"]`) || input).textContent)
  const refocus = document.activeElement === input
  input.replaceWith(box)
  box.append(input, list, status)
  if (refocus) input.focus()
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['autocomplete', 'off']]) {
    input.setAttribute(name, value)
  }
  let active = -1, timer, asked = 0, picked = false

  const close = () => {
    asked++ // an answer still under way comes too late
    clearTimeout(timer)
    list.hidden = true
    active = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const mark = n => {
    const items = list.children
    active = (n + items.length) % items.length
    for (let i = 0; i < items.length; i++) items[i].setAttribute('aria-selected', i === active)
    input.setAttribute('aria-activedescendant', items[active].id)
    items[active].scrollIntoView({ block: 'nearest' })
  }
  const choose = n => {
    input.value = list.children[n].firstChild.textContent
    close()
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const show = concepts => {
    list.replaceChildren(...concepts.map((concept, n) => {
      const item = document.createElement('li')
      item.id = list.id + n
      item.setAttribute('role', 'option')
      item.setAttribute('aria-selected', 'false')
      const label = document.createElement('span')
      label.textContent = concept.label
      item.append(label)
      if (concept.hint) {
        const hint = document.createElement('small')
        hint.textContent = ' ' + concept.hint
        item.append(hint)
      }
      item.addEventListener('mousedown', e => { e.preventDefault(); choose(n) })
      return item
    }))
    list.hidden = !concepts.length
    active = -1
    input.setAttribute('aria-expanded', String(!list.hidden))
    status.textContent = (input.dataset.found || '').replace('#', concepts.length)
  }
  const ask = async () => {
    const mine = ++asked
    const query = new URLSearchParams({ q: input.value, kind: input.dataset.suggest })
    try {
      const answer = await fetch('/taxonomy/suggest?' + query, { headers: { Accept: 'application/json' } })
      const concepts = answer.ok ? await answer.json() : []
      if (mine === asked) show(concepts)
    } catch {
      close() // no network: the field is a text field
    }
  }
  input.setAttribute('aria-expanded', 'false')
  input.addEventListener('input', () => {
    clearTimeout(timer)
    if (input.value.trim().length < 2) return close()
    timer = setTimeout(ask, 200)
  })
  input.addEventListener('blur', close)
  input.addEventListener('keydown', e => {
    if (list.hidden) return
    if (e.key === 'ArrowDown') mark(active + 1)
    else if (e.key === 'ArrowUp') mark(active < 1 ? list.children.length - 1 : active - 1)
    else if (e.key === 'Enter' && active >= 0) { choose(active); picked = true }
    else if (e.key === 'Escape') close()
    else return
    e.preventDefault()
  })
  // Some browsers send the form by what follows a key that was used up.
  input.addEventListener('keypress', e => { if (picked) e.preventDefault() })
  input.addEventListener('keyup', () => { picked = false })
}
