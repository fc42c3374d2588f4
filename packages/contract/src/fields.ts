import { z } from 'zod'
import { isEmailAddress, normalizeEmail } from './email.ts'
import { EXAMPLE_ID } from './ids.ts'
import { EMAIL_MAX_CHARACTERS, NAME_MAX_CHARACTERS, PASSWORD_MAX_CHARACTERS } from './limits.ts'
import { SENTENCES, tooLong } from './sentences.ts'

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
      check.issues.push({
        code: 'custom',
        input: check.value,
        message: SENTENCES.notAString,
        continue: false,
      })
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
  if (input === undefined) return SENTENCES.required
  return input === null ? SENTENCES.null : SENTENCES.notAString
}

function findTextFaults(text: string, rules: TextRules): string[] {
  if (text === '') return rules.blank ? [] : [SENTENCES.blank]
  const faults: string[] = []
  const max = rules.maxCharacters ?? Number.POSITIVE_INFINITY
  if (text.length > max && [...text].length > max) faults.push(tooLong(max))
  if (!rules.nulls && text.includes('\0')) faults.push(SENTENCES.nullCharacters)
  const further = faults.length === 0 ? rules.refuse?.(text) : null
  if (further) faults.push(further)
  return faults
}

/** An e-mail address: trimmed, NFKC, lower-cased, then validated; at most 254 characters. */
export function emailField() {
  return textField({
    maxCharacters: EMAIL_MAX_CHARACTERS,
    normalize: normalizeEmail,
    refuse: (text) => (isEmailAddress(text) ? null : SENTENCES.notAnAddress),
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
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return SENTENCES.controlCharacters
  if (BIDI_OVERRIDES.test(text) || INVISIBLE.test(text)) return SENTENCES.unprintableCharacters
  return null
}

/** The id of something to look up: a text that cannot be one is answered like one nobody has. */
export function idField() {
  return textField({ nulls: true }).meta({ example: EXAMPLE_ID })
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

/** A name that may be blank or left out. */
export function optionalNameField() {
  return nameField({ blank: true }).optional()
}

/** A field that some settings require; its type is that of one that may be left out. */
export function requiredIf<Field extends z.ZodType>(isRequired: boolean, field: Field): z.ZodOptional<Field> {
  return isRequired ? (field as unknown as z.ZodOptional<Field>) : (field.optional() as z.ZodOptional<Field>)
}

/** A field that some settings alone ask for; under others it is dropped as any unknown one. */
export function fieldIf<Name extends string, Field extends z.ZodType>(
  isAsked: boolean,
  name: Name,
  field: Field,
): Record<Name, z.ZodOptional<Field>> {
  return (isAsked ? { [name]: field } : {}) as unknown as Record<Name, z.ZodOptional<Field>>
}
