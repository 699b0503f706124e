// Counts what is left in a text with a limit; without scripts the limit itself is said.
export function countCharacters() {
  document.querySelectorAll('textarea[data-count]').forEach(area => {
    const line = document.getElementById(area.id + '-count')
    if (!line) return
    let timer
    const show = () => {
      line.textContent = line.dataset.left.replace('#', area.dataset.count - [...area.value].length)
    }
    // Not on every key: a screen reader would read each number.
    area.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, 400) })
    line.setAttribute('aria-live', 'polite')
    if (area.value) show()
  })
}
