import { isLatchkeyError } from '@latchkey/client'
import { PASSWORDS_DIFFER } from '@latchkey/contract/sentences'
import { describeFailure } from './describe-failure.ts'

/** Where the sentences of a refusal are shown. */
export interface PlacedErrors {
  byField: Record<string, string[]>
  /** What belongs to no field of the form, and is shown below it. */
  alerts: string[]
}

/** Nothing is wrong. */
export const NO_ERRORS: PlacedErrors = { byField: {}, alerts: [] }

const ABOUT_THE_PASSWORD = /^(?:This|The) password /

/**
 * Places a refusal beside the fields it is about.
 *
 * The contract has the rules that a new password breaks under its repetition, and a mismatch at sign-up under no
 * field at all; a reader expects the first at the password and the second at its repetition.
 *
 * @param fields - the names of the form's fields, in the order they are shown
 */
export function placeErrors(error: unknown, fields: readonly string[]): PlacedErrors {
  if (!isLatchkeyError(error) || error.code !== 'invalid') {
    return { byField: {}, alerts: [describeFailure(error)] }
  }
  const byField: Record<string, string[]> = {}
  const alerts: string[] = []
  for (const [name, sentences] of Object.entries(error.fields)) {
    for (const sentence of sentences ?? []) {
      const field = findField(name, sentence, fields)
      if (field === null) alerts.push(sentence)
      else byField[field] = [...(byField[field] ?? []), shorten(sentence)]
    }
  }
  return { byField, alerts }
}

/**
 * Finds the fields that were left empty, before anything is sent.
 *
 * @param required - what to say of each field that must not be empty
 */
export function findBlanks(values: Record<string, string>, required: Record<string, string>): PlacedErrors {
  const blanks = Object.entries(required).filter(([name]) => (values[name] ?? '').trim() === '')
  return { byField: Object.fromEntries(blanks.map(([name, sentence]) => [name, [sentence]])), alerts: [] }
}

/** The first field in the order of the form that has a sentence; null when none has. */
export function firstWithError(errors: PlacedErrors, fields: readonly string[]): string | null {
  return fields.find((name) => (errors.byField[name] ?? []).length > 0) ?? null
}

/** Answers whether anything is wrong. */
export function hasErrors({ byField, alerts }: PlacedErrors): boolean {
  return alerts.length > 0 || Object.values(byField).some((sentences) => sentences.length > 0)
}

/** There is room for a short line below most fields; which field it is about stands above it. */
function shorten(sentence: string): string {
  return sentence.replace(/^Ensure this field has no more than (\d+) characters\.$/, 'At most $1 characters.')
}

function findField(name: string, sentence: string, fields: readonly string[]): string | null {
  if (name === 'new_password2' && ABOUT_THE_PASSWORD.test(sentence)) return pick('new_password1', fields)
  if (name === 'non_field_errors' && sentence === PASSWORDS_DIFFER) return pick('password2', fields)
  return pick(name, fields)
}

function pick(name: string, fields: readonly string[]): string | null {
  return fields.includes(name) ? name : null
}
