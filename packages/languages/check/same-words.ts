import type { LanguageTag } from '../src/languages.ts'

/** English texts that other languages have in the same letters, and those languages. `all` is for names. */
export const SAME_WORDS: Record<string, readonly LanguageTag[] | 'all'> = {
  '{label} <muted>(optional)</muted>': ['de'],
  Account: ['it', 'nl'],
  Accounts: ['nl'],
  'Error: {heading} · {name}': ['es'],
  Latchkey: 'all',
  OK: 'all',
  Passkeys: ['de', 'nl'],
  Password: ['it'],
  Status: ['de', 'nl'],
  Superuser: ['de'],
}

/** Tells whether a language may have the text of English. */
export function mayBeEnglish(text: string, tag: string): boolean {
  const languages = Object.hasOwn(SAME_WORDS, text) ? SAME_WORDS[text] : undefined
  return languages === 'all' || languages?.some((language) => language === tag) === true
}
