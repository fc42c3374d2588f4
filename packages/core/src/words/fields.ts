import { z } from 'zod'
import { isEmailAddress, normalizeEmail } from './email.ts'

/** Of a normalised address, in code points. */
export const EMAIL_MAX_CHARACTERS = 254
/** Of an NFC-normalised password, in code points. */
export const PASSWORD_MAX_CHARACTERS = 128
/** Of a first or last name, trimmed, in code points. */
export const NAME_MAX_CHARACTERS = 150

const REQUIRED = 'This field is required.'
const BLANK = 'This field may not be blank.'
const NULL = 'This field may not be null.'
const NOT_A_STRING = 'Not a valid string.'

interface TextRules {
  maxCharacters?: number
  blank?: boolean
  /** Whether null characters are left to whoever looks the text up. */
  nulls?: boolean
  /** Brings the text to its stored form before anything is checked. */
  normalize?: (text: string) => string
  /** A further sentence for a text that passed the general rules. */
  refuse?: (text: string) => string | null
}

/**
 * A text field with the contract's sentences; every rule that a value breaks is named at once.
 *
 * @param rules.maxCharacters - counted in code points; unlimited when left out
 * @param rules.blank - whether the empty text is a value; false by default
 */
export function textField(rules: TextRules = {}) {
  const text = z.string({ error: (issue) => describeWrongType(issue.input) }).check((check) => {
    if (!check.value.isWellFormed()) {
      check.issues.push({ code: 'custom', input: check.value, message: NOT_A_STRING, continue: false })
    }
  })
  return text
    .overwrite(rules.normalize ?? ((value) => value))
    .check((check) => {
      for (const message of findTextFaults(check.value, rules)) {
        check.issues.push({ code: 'custom', input: check.value, message })
      }
    })
    .meta(describeLength(rules))
}

/** The rules of length in the words of JSON Schema, which counts code points as we do. */
function describeLength({ blank, maxCharacters }: TextRules): Record<string, number> {
  return {
    ...(!blank && { minLength: 1 }),
    ...(maxCharacters !== undefined && { maxLength: maxCharacters }),
  }
}

function describeWrongType(input: unknown): string {
  if (input === undefined) return REQUIRED
  return input === null ? NULL : NOT_A_STRING
}

function findTextFaults(text: string, rules: TextRules): string[] {
  if (text === '') return rules.blank ? [] : [BLANK]
  const faults: string[] = []
  const max = rules.maxCharacters ?? Number.POSITIVE_INFINITY
  if (text.length > max && [...text].length > max) {
    faults.push(`Ensure this field has no more than ${max} characters.`)
  }
  if (!rules.nulls && text.includes('\0')) faults.push('Null characters are not allowed.')
  const further = faults.length === 0 ? rules.refuse?.(text) : null
  if (further) faults.push(further)
  return faults
}

/** An e-mail address: trimmed, NFKC, lower-cased, then validated; at most 254 characters. */
export function emailField() {
  return textField({
    maxCharacters: EMAIL_MAX_CHARACTERS,
    normalize: normalizeEmail,
    refuse: (text) => (isEmailAddress(text) ? null : 'Enter a valid email address.'),
  }).meta({ format: 'email', example: 'ada@example.com' })
}

/** The address of a sign-in: as {@link emailField}, but one that is none is answered as one nobody has. */
export function loginEmailField() {
  return textField({ normalize: normalizeEmail }).meta({ example: 'ada@example.com' })
}

/** A password: NFC-normalised, never trimmed, at most 128 characters. */
export function passwordField() {
  return textField({
    maxCharacters: PASSWORD_MAX_CHARACTERS,
    normalize: (text) => text.normalize('NFC'),
  }).meta({ format: 'password', example: 'correct horse battery' })
}

/** A person's name: any printable Unicode, trimmed, at most 150 characters. */
export function nameField(rules: { blank: boolean }) {
  return textField({
    blank: rules.blank,
    maxCharacters: NAME_MAX_CHARACTERS,
    normalize: (text) => text.trim(),
    refuse: findNameFault,
  })
}

/** Characters that turn the text around them: a name could rewrite the sentence it stands in. */
const BIDI_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/u
const INVISIBLE = /^[\p{Cf}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]+$/u

function findNameFault(text: string): string | null {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return 'Control characters are not allowed.'
  if (BIDI_OVERRIDES.test(text) || INVISIBLE.test(text)) return 'Only printable characters are allowed.'
  return null
}

/** The id of something to look up: a text that cannot be one is answered like one nobody has. */
export function idField() {
  return textField({ nulls: true }).meta({ example: '01890a5d-ac96-774b-bcce-b302099a8057' })
}

/** A token as a client sends it: any text. */
export function tokenField() {
  return textField({ normalize: (text) => text.trim() })
}

/** The fields of a request body, as zod types by name; unknown ones are dropped. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: (issue) => describeNonObject(issue.input) })
}

function describeNonObject(input: unknown): string {
  if (input === null) return 'No data provided'
  return `Invalid data. Expected a dictionary, but got ${nameJsonType(input)}.`
}

function nameJsonType(input: unknown): string {
  if (Array.isArray(input)) return 'list'
  if (typeof input === 'boolean') return 'bool'
  if (typeof input === 'number') return Number.isInteger(input) ? 'int' : 'float'
  return 'str'
}
