// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Catalogues, LanguageTag } from '@latchkey/languages'
import en from '../en.json' with { type: 'json' }
import type { Messages } from './messages.ts'

/** The English texts, which are there from the start. */
export const ENGLISH: Catalogues<Messages> = { en }

/** Loads the texts of a language. English is among them, for what the language lacks. */
export async function loadCatalogues(tag: LanguageTag): Promise<Catalogues<Messages>> {
  switch (tag) {
    default:
      return ENGLISH
  }
}
