import { PORTAL_PATH } from '@latchkey/contract'
import {
  createTranslator,
  findLanguage,
  findPseudoLanguage,
  type LanguageTag,
  type PseudoTag,
} from '@latchkey/languages'
import { CATALOGUES } from '../../languages/generated/catalogues.ts'
import type { Messages } from '../../languages/generated/messages.ts'
import { describeBrand } from '../brand.ts'
import type { Asset } from './html/assets.ts'
import { createBrandStylesheet, type Html, LANGUAGE_QUERY, type Place, type Site } from './html/index.ts'

/** Where this server has pages, and how each visitor sees them. */
export interface Places {
  /** The files that the pages of this operator load, beside those of every server. */
  assets: readonly Asset[]
  /** The place below the path of `PUBLIC_URL` and a prefix. */
  at(prefix: string): Place
  /** The place in the language of a visitor: that of `?lang=`, of the browser, or of the settings. */
  localize(place: Place, request: Request): Site
  /** The place in English, for pages of developers. */
  inEnglish(place: Place): Site
}

export interface PlaceConfig {
  brand: Place['brand']
  basePath: string
  /** The language of a visitor whose browser asks for none of ours. */
  defaultLanguage: LanguageTag
  /** Whether this server serves the portal. Its own pages then lead there. */
  portalServed: boolean
  production: boolean
}

type Tag = LanguageTag | PseudoTag

/** Describes the pages of a server under its settings. */
export function createPlaces(config: PlaceConfig): Places {
  const { basePath, portalServed, production } = config
  const brand = describeBrand(config.brand)
  const stylesheet = createBrandStylesheet(brand)
  const portalPath = portalServed ? basePath + PORTAL_PATH : null
  const showIn = (place: Place, tag: Tag, asked: Tag | null): Site => ({ ...place, t: translate(tag), asked })
  return {
    assets: stylesheet ? [stylesheet] : [],
    at: (prefix) => ({
      brand,
      basePath: basePath + prefix,
      portalPath,
      stylesheet: stylesheet?.path ?? null,
    }),
    localize(place, request) {
      const asked = findAsked(request.url, production)
      const found = asked ?? findLanguage(request.headers.get('accept-language')) ?? config.defaultLanguage
      return showIn(place, found, asked)
    },
    inEnglish: (place) => showIn(place, 'en', null),
  }
}

/** Pseudo-locales are for tests of the lay-out, and no visitor in production reads them. */
function findAsked(url: string, production: boolean): Tag | null {
  const { searchParams } = new URL(url)
  const asked = searchParams.get(LANGUAGE_QUERY)
  return (production ? null : findPseudoLanguage(asked)) ?? findLanguage(asked)
}

const translators = new Map<Tag, Site['t']>()

/** The translators are few: one for each language that exists. */
function translate(tag: Tag): Site['t'] {
  const known = translators.get(tag)
  if (known) return known
  const made = createTranslator<Messages, Html>(CATALOGUES, tag)
  translators.set(tag, made)
  return made
}
