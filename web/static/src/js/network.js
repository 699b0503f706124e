// Says when the network goes and comes back, and holds a form back while there is none: the browser's own error page
// would take away what was typed.
export function showNetwork() {
  const { offline, online } = document.body.dataset
  const line = document.createElement('p')
  line.className = 'net'
  line.setAttribute('role', 'status')
  line.hidden = true
  document.body.append(line)
  const say = (text, ok) => {
    line.hidden = false
    line.textContent = text
    line.classList.toggle('ok', ok)
  }
  const gone = () => say(offline, false)
  addEventListener('offline', gone)
  addEventListener('online', () => { if (!line.hidden) say(online, true) })
  document.addEventListener('submit', e => {
    if (navigator.onLine) return
    e.preventDefault()
    delete e.target.dataset.sent
    gone()
  })
  if (!navigator.onLine) gone()
}
