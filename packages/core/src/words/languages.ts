export { findLanguage, LANGUAGE_TAGS, type LanguageTag } from '@latchkey/languages'
