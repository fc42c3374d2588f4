/** The direction in which a language is written. Its values are those of the attribute `dir` of HTML. */
export type Direction = 'ltr' | 'rtl'

interface Language {
  /** A BCP 47 tag, as short as it can be without a doubt about the script or the spelling. */
  tag: string
  /** The name of the language in the language itself, for a list in which people choose. */
  name: string
  direction: Direction
}

/** Every language that people can choose, English first. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr' },
  { tag: 'de', name: 'Deutsch', direction: 'ltr' },
  { tag: 'fr', name: 'Français', direction: 'ltr' },
  { tag: 'es', name: 'Español', direction: 'ltr' },
  { tag: 'pt-BR', name: 'Português (Brasil)', direction: 'ltr' },
  { tag: 'it', name: 'Italiano', direction: 'ltr' },
  { tag: 'nl', name: 'Nederlands', direction: 'ltr' },
  { tag: 'pl', name: 'Polski', direction: 'ltr' },
  { tag: 'tr', name: 'Türkçe', direction: 'ltr' },
  { tag: 'uk', name: 'Українська', direction: 'ltr' },
  { tag: 'ja', name: '日本語', direction: 'ltr' },
  { tag: 'zh-Hans', name: '简体中文', direction: 'ltr' },
  { tag: 'ar', name: 'العربية', direction: 'rtl' },
] as const satisfies readonly Language[]

/** The tag of a language that people can choose. */
export type LanguageTag = (typeof LANGUAGES)[number]['tag']

/** The tags of {@link LANGUAGES}, in the same order. */
export const LANGUAGE_TAGS: readonly LanguageTag[] = LANGUAGES.map(({ tag }) => tag)

/** The language in which the sentences are written first. It is used where another language lacks a sentence. */
export const SOURCE_LANGUAGE = 'en' satisfies LanguageTag

/** Tells whether a value is the exact tag of a language that people can choose. */
export function isLanguageTag(value: unknown): value is LanguageTag {
  return LANGUAGE_TAGS.some((tag) => tag === value)
}
