import { findShownLanguage, type ShownLanguage } from './shown-language.ts'

const KEY = 'latchkey.language'

/** Returns the language that a person has chosen in this browser; null without a choice. */
export function readChoice(): ShownLanguage | null {
  try {
    return findShownLanguage(localStorage.getItem(KEY))
  } catch {
    // A browser may refuse its storage.
    return null
  }
}

/** Keeps the choice of a language in this browser. Without a storage it lasts as long as the page. */
export function writeChoice(language: ShownLanguage): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // The page shows the language anyway.
  }
}
