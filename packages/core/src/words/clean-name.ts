import { BIDI_CONTROLS, SHOWS_NOTHING } from '@latchkey/contract/characters'
import { NAME_MAX_CHARACTERS } from '@latchkey/contract/limits'

const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu
const OVERRIDES = new RegExp(BIDI_CONTROLS, 'gu')

/** A name as it is stored: the text that the fields of a name accept, which is nearest to the one of the source. */
export function cleanName(name: string): string {
  const bounded = name.slice(0, 4 * NAME_MAX_CHARACTERS).toWellFormed()
  const shown = bounded.replace(CONTROLS, ' ').replace(OVERRIDES, '').trim()
  if (SHOWS_NOTHING.test(shown)) return ''
  return [...shown].slice(0, NAME_MAX_CHARACTERS).join('').trim()
}
