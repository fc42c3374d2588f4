import { findLanguage, isLanguageTag } from '@latchkey/languages'
import type { z } from 'zod'
import { LANGUAGE_MAX_CHARACTERS } from './limits.ts'
import { SENTENCES } from './sentences.ts'
import { textField } from './text-field.ts'

/** A language that a person chooses: a BCP 47 tag of a language that the server speaks, or null for the default one. */
export function languageField() {
  const field = textField({
    maxCharacters: LANGUAGE_MAX_CHARACTERS,
    normalize: (text) => findTag(text) ?? text,
    refuse: (text) => (isLanguageTag(text) ? null : SENTENCES.notALanguage),
  })
  return describeLanguage(field.nullable().optional(), 'The language of mails; null for the default.')
}

/**
 * The language of a sign-up, which a program reads from the device: as {@link languageField}, but any text is accepted. A
 * sign-up does not fail because the server does not speak a language.
 */
export function signUpLanguageField() {
  const field = textField({
    maxCharacters: LANGUAGE_MAX_CHARACTERS,
    normalize: (text) => findTag(text) ?? text,
  })
  return describeLanguage(
    field.nullable().optional(),
    'The language of mails. Without it, or when the server does not speak it: that of `Accept-Language`.',
  )
}

/** Describes the text and null as one type. As a choice of two types, generators would make a type of each. */
function describeLanguage<Field extends z.ZodType>(field: Field, description: string): Field {
  const oneType = {
    type: ['string', 'null'],
    minLength: 1,
    maxLength: LANGUAGE_MAX_CHARACTERS,
    anyOf: undefined,
  }
  return field.meta({ description, example: 'de', ...oneType })
}

/** Finds one language, and not the best of a list. Some systems write `de_AT`. */
function findTag(text: string): string | null {
  const tag = text.trim().replaceAll('_', '-')
  return /^[A-Za-z0-9-]+$/.test(tag) ? findLanguage(tag) : null
}
