// Plays a spoken question in the page; without scripts the link opens the file.
export function playSound() {
  const player = new Audio()
  document.addEventListener('click', e => {
    const link = e.target.closest('[data-play]')
    if (!link) return
    e.preventDefault()
    if (player.src === link.href && !player.paused) return player.pause()
    player.src = link.href
    player.play().catch(() => { location = link.href })
  })
}
