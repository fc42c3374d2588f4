import type { Context } from '../context.ts'
import { findLanguage, type LanguageTag } from '../words/languages.ts'

/**
 * Chooses the language of a sign-up: the named one, or else the best one of `Accept-Language`.
 *
 * @param named - as sent; null asks for the default language, and undefined names none
 * @returns null for the default language
 */
export function chooseLanguage(ctx: Context, named: string | null | undefined): LanguageTag | null {
  if (named === null) return null
  return findLanguage(named) ?? findLanguage(ctx.client.acceptLanguage)
}
