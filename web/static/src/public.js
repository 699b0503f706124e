// Visitors' pages. Everything works without scripts; each module improves one thing and minds its own failures.
import { focusErrors } from './js/errors.js'
import { guardSubmits } from './js/submit.js'
import { showNetwork } from './js/network.js'
import { countCharacters } from './js/count.js'
import { suggestConcepts } from './js/suggest.js'
import { keepDrafts } from './js/draft.js'
import { playSound } from './js/sound.js'

for (const start of [focusErrors, guardSubmits, showNetwork, countCharacters, suggestConcepts, keepDrafts, playSound]) {
  try { start() } catch (e) { console.warn(start.name, e) }
}
if ('serviceWorker' in navigator) addEventListener('load', () => navigator.serviceWorker.register('/sw.js').catch(() => {}))
