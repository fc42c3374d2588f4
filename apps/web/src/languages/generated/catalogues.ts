// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Catalogues, LanguageTag } from '@latchkey/languages'
import en from '../en.json' with { type: 'json' }
import type { Messages } from './messages.ts'

/** The English texts, which are there from the start. */
export const ENGLISH: Catalogues<Messages> = { en }

/** Loads the texts of a language. English is among them, for what the language lacks. */
export async function loadCatalogues(tag: LanguageTag): Promise<Catalogues<Messages>> {
  switch (tag) {
    case 'de':
      return { en, de: (await import('../de.json', { with: { type: 'json' } })).default }
    case 'fr':
      return { en, fr: (await import('../fr.json', { with: { type: 'json' } })).default }
    case 'es':
      return { en, es: (await import('../es.json', { with: { type: 'json' } })).default }
    case 'pt-BR':
      return { en, 'pt-BR': (await import('../pt-BR.json', { with: { type: 'json' } })).default }
    case 'it':
      return { en, it: (await import('../it.json', { with: { type: 'json' } })).default }
    case 'nl':
      return { en, nl: (await import('../nl.json', { with: { type: 'json' } })).default }
    case 'pl':
      return { en, pl: (await import('../pl.json', { with: { type: 'json' } })).default }
    case 'tr':
      return { en, tr: (await import('../tr.json', { with: { type: 'json' } })).default }
    case 'uk':
      return { en, uk: (await import('../uk.json', { with: { type: 'json' } })).default }
    case 'ja':
      return { en, ja: (await import('../ja.json', { with: { type: 'json' } })).default }
    case 'zh-Hans':
      return { en, 'zh-Hans': (await import('../zh-Hans.json', { with: { type: 'json' } })).default }
    case 'ar':
      return { en, ar: (await import('../ar.json', { with: { type: 'json' } })).default }
    default:
      return ENGLISH
  }
}
