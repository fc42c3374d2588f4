import { createTranslator, type LanguageTag, type PseudoTag, type Translator } from '@latchkey/languages'
import { CATALOGUES } from '../../languages/generated/catalogues.ts'
import type { Messages } from '../../languages/generated/messages.ts'

/** A language in which a mail can be composed. */
export type MailLanguage = LanguageTag | PseudoTag

/** The texts of mails in one language. */
export type MailTranslator = Translator<Messages>

const translators = new Map<MailLanguage, MailTranslator>()

/** Gets the texts of a language. They are read once per process. Times are in UTC, because a mail knows no other zone. */
export function getTranslator(language: MailLanguage): MailTranslator {
  const known = translators.get(language)
  if (known) return known
  const made = createTranslator<Messages>(CATALOGUES, language, { timeZone: 'UTC' })
  translators.set(language, made)
  return made
}
