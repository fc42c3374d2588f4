import { findLanguage, SOURCE_LANGUAGE } from '@latchkey/languages'
import { readChoice } from './choice.ts'
import type { ShownLanguage } from './shown-language.ts'

/**
 * Finds the language in which a visitor sees the portal first: the choice in this browser, else what the address asks
 * for, else what the browser asks for, else that of the server. The pages of the server lead here with `?lang=`.
 */
export function findFirstLanguage(): ShownLanguage {
  const asked = new URLSearchParams(location.search).get('lang')
  return (
    readChoice() ??
    findLanguage(asked) ??
    findLanguage(navigator.languages) ??
    findLanguage(readDefault()) ??
    SOURCE_LANGUAGE
  )
}

function readDefault(): string | null | undefined {
  return document.querySelector('meta[name="latchkey-language"]')?.getAttribute('content')
}
