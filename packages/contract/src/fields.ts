import { z } from 'zod'
import { BIDI_CONTROLS, SHOWS_NOTHING } from './characters.ts'
import { isEmailAddress, isKnownAddress, normalizeEmail } from './email.ts'
import { EXAMPLE_ID } from './ids.ts'
import {
  CHECKED_PASSWORD_MAX_CHARACTERS,
  EMAIL_MAX_CHARACTERS,
  ID_MAX_CHARACTERS,
  KNOWN_EMAIL_MAX_CHARACTERS,
  NAME_MAX_CHARACTERS,
  PASSKEY_NAME_MAX_CHARACTERS,
  PASSWORD_MAX_CHARACTERS,
  TOKEN_MAX_CHARACTERS,
} from './limits.ts'
import { SENTENCES } from './sentences.ts'
import { textField, UNKNOWN } from './text-field.ts'

/**
 * An e-mail address that is stored: trimmed and normalised ({@link normalizeEmail}), then validated; at most 254
 * characters.
 */
export function emailField() {
  return textField({
    maxCharacters: EMAIL_MAX_CHARACTERS,
    normalize: normalizeEmail,
    refuse: (text) => (isEmailAddress(text) ? null : SENTENCES.notAnAddress),
  }).meta({ format: 'email', example: 'ada@example.com' })
}

/** An address that is only looked up: as {@link emailField}, but every address that a user may hold is accepted. */
export function knownEmailField() {
  return textField({
    maxCharacters: KNOWN_EMAIL_MAX_CHARACTERS,
    normalize: normalizeEmail,
    refuse: (text) => (isKnownAddress(text) ? null : SENTENCES.notAnAddress),
  }).meta({ format: 'email', example: 'ada@example.com' })
}

/** The address of a sign-in: as {@link knownEmailField}, but a malformed address is answered as an unknown one. */
export function loginEmailField() {
  return textField({ maxCharacters: KNOWN_EMAIL_MAX_CHARACTERS, normalize: normalizeEmail }).meta({
    example: 'ada@example.com',
  })
}

/** A password that is set: NFC-normalised, never trimmed, at most 128 characters. */
export function passwordField() {
  return textField({
    maxCharacters: PASSWORD_MAX_CHARACTERS,
    normalize: (text) => text.normalize('NFC'),
  }).meta(PASSWORD_MEANING)
}

/**
 * A password that is only checked: as it was typed, because the stored password says how it is normalised. Of more than
 * 4,096 characters it is answered as a wrong one.
 */
export function checkedPasswordField() {
  return textField({
    maxCharacters: CHECKED_PASSWORD_MAX_CHARACTERS,
    isLookedUp: true,
    normalize: (text) => (isLongerThan(text, CHECKED_PASSWORD_MAX_CHARACTERS) ? UNKNOWN : text),
  }).meta(PASSWORD_MEANING)
}

/** The password that a signed-in user gives again: as {@link checkedPasswordField}. */
export function ownPasswordField() {
  return checkedPasswordField()
    .optional()
    .meta({
      ...PASSWORD_MEANING,
      description:
        'Required of a user who has a password. A user without one leaves it out, and needs a recent proof.',
    })
}

const PASSWORD_MEANING = { format: 'password', example: 'correct horse battery' }

/** Counts code points, and only those of a text that may have too many. */
function isLongerThan(text: string, characters: number): boolean {
  return text.length > characters && [...text].length > characters
}

/** A person's name: any printable Unicode, trimmed, at most 150 characters. */
export function nameField(rules: { blank: boolean }) {
  return describeName({ ...rules, maxCharacters: NAME_MAX_CHARACTERS })
}

/** The name that a user gives a passkey: as {@link nameField}, at most 60 characters. */
export function passkeyNameField() {
  return describeName({ blank: false, maxCharacters: PASSKEY_NAME_MAX_CHARACTERS })
}

function describeName(rules: { blank: boolean; maxCharacters: number }) {
  return textField({
    ...rules,
    normalize: (text) => text.trim(),
    refuse: findNameFault,
  })
}

/** A name that reverses the text around it could change the sentence around the name. */
function findNameFault(text: string): string | null {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return SENTENCES.controlCharacters
  if (BIDI_CONTROLS.test(text) || SHOWS_NOTHING.test(text)) return SENTENCES.unprintableCharacters
  return null
}

/** The id of a row to look up. A malformed id, also one that is too long, is answered as an unknown one. */
export function idField() {
  return textField({ maxCharacters: ID_MAX_CHARACTERS, isLookedUp: true, nulls: true }).meta({
    example: EXAMPLE_ID,
  })
}

/** A token as a client sends it: any text. A text that is too long for a token is answered as an unknown token. */
export function tokenField() {
  return textField({
    maxCharacters: TOKEN_MAX_CHARACTERS,
    isLookedUp: true,
    normalize: (text) => text.trim(),
  })
}

/** The fields of a request body, as zod types by name. Unknown fields are dropped. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: (issue) => describeNonObject(issue.input) })
}

/** The sentence for a value that should be an object. */
export function describeNonObject(input: unknown): string {
  if (input === null) return 'No data provided'
  return `Invalid data. Expected a dictionary, but got ${nameJsonType(input)}.`
}

/** Names the type of a JSON value in the words of the contract. */
export function nameJsonType(input: unknown): string {
  if (Array.isArray(input)) return 'list'
  if (typeof input === 'object') return 'dict'
  if (typeof input === 'boolean') return 'bool'
  if (typeof input === 'number') return Number.isInteger(input) ? 'int' : 'float'
  return 'str'
}

/** A name that may be blank or left out. */
export function optionalNameField() {
  return nameField({ blank: true }).optional()
}

/** A field that some settings require. Its type is that of an optional field. */
export function requiredIf<Field extends z.ZodType>(isRequired: boolean, field: Field): z.ZodOptional<Field> {
  return isRequired ? (field as unknown as z.ZodOptional<Field>) : (field.optional() as z.ZodOptional<Field>)
}

/** A field that only some settings have. Under other settings it is dropped as an unknown field. */
export function fieldIf<Name extends string, Field extends z.ZodType>(
  isAsked: boolean,
  name: Name,
  field: Field,
): Record<Name, z.ZodOptional<Field>> {
  return (isAsked ? { [name]: field } : {}) as unknown as Record<Name, z.ZodOptional<Field>>
}
