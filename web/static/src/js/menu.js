// Closes the account menu when the reader turns elsewhere.
export function closeMenus() {
  const menus = document.querySelectorAll('details.who')
  const close = e => menus.forEach(m => { if (!m.contains(e.target)) m.open = false })
  document.addEventListener('click', close)
  document.addEventListener('keydown', e => { if (e.key === 'Escape') menus.forEach(m => { m.open = false }) })
}
