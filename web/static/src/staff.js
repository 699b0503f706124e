// Staff and employers' pages: what visitors have, without browser drafts (their devices are shared), and a warning
// before leaving a form that was changed.
import { focusErrors } from './js/errors.js'
import { guardSubmits } from './js/submit.js'
import { showNetwork } from './js/network.js'
import { countCharacters } from './js/count.js'
import { suggestConcepts } from './js/suggest.js'
import { closeMenus } from './js/menu.js'
import { warnBeforeLeaving } from './js/leave.js'

for (const start of [focusErrors, guardSubmits, showNetwork, countCharacters, suggestConcepts, closeMenus, warnBeforeLeaving]) {
  try { start() } catch (e) { console.warn(start.name, e) }
}
