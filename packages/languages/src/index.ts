export { findLanguage } from './find-language.ts'
export type { Formats } from './formats.ts'
export { isolate } from './isolate.ts'
export {
  type Direction,
  isLanguageTag,
  LANGUAGE_TAGS,
  LANGUAGES,
  type LanguageTag,
  SOURCE_LANGUAGE,
} from './languages.ts'
export type { Catalogue, Catalogues, Message } from './message-types.ts'
export { findPseudoLanguage, PSEUDO_LANGUAGES, type PseudoTag } from './pseudo.ts'
export {
  createTranslator,
  type TranslationFault,
  type Translator,
  type TranslatorOptions,
} from './translator.ts'
