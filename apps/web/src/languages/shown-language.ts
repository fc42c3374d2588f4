import { findPseudoLanguage, isLanguageTag, type LanguageTag, type PseudoTag } from '@latchkey/languages'

/** A language that the portal can show. A pseudo-locale is for tests of the lay-out, and is in no menu. */
export type ShownLanguage = LanguageTag | PseudoTag

/** Reads a language that was kept; null for anything else. */
export function findShownLanguage(text: string | null): ShownLanguage | null {
  return isLanguageTag(text) ? text : findPseudoLanguage(text)
}
