import type { Messages } from '../message-keys.ts'
import { en } from './en.ts'

/** The language that is used where the wanted one is missing. */
export const FALLBACK = 'en'

/** The sentences of every language, by BCP 47 tag in lower case. */
export const LANGUAGES: Readonly<Record<string, Messages>> & { readonly [FALLBACK]: Messages } = { en }

/** The sentences that were found for a wanted language, and their own language. */
export interface FoundMessages {
  tag: string
  messages: Messages
}

/**
 * Finds the sentences of a language, or of a broader one: `de-AT` finds `de`.
 *
 * @param language - a BCP 47 tag
 * @returns those of English when the language is missing
 * @see RFC 4647 section 3.4
 */
export function findMessages(language: string): FoundMessages {
  const parts = language.toLowerCase().split('-')
  for (; parts.length > 0; parts.pop()) {
    const tag = parts.join('-')
    const messages = Object.hasOwn(LANGUAGES, tag) ? LANGUAGES[tag] : undefined
    if (messages) return { tag, messages }
  }
  return { tag: FALLBACK, messages: LANGUAGES[FALLBACK] }
}
