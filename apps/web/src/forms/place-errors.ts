import { isLatchkeyError } from '@latchkey/client'
import { PASSWORDS_DIFFER } from '@latchkey/contract/sentences'
import { describeFailure } from './describe-failure.ts'

/** The sentences of a refusal, grouped by the place where they are shown. */
export interface PlacedErrors {
  byField: Record<string, string[]>
  /** The sentences that belong to the form as a whole. They are shown below it. */
  alerts: string[]
}

/** The errors of a form without errors. */
export const NO_ERRORS: PlacedErrors = { byField: {}, alerts: [] }

const ABOUT_THE_PASSWORD = /^(?:This|The) password /

/**
 * Places a refusal beside the fields it is about.
 *
 * The contract puts the broken rules of a new password under the repeated password. A user expects them at the
 * password. The contract puts a mismatch at sign-up under `non_field_errors`. A user expects it at the repeated
 * password.
 *
 * @param fields - the names of the fields, in the order of the form
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
 * Finds the empty fields of a form, before it is sent.
 *
 * @param required - the sentence to show, per required field
 */
export function findBlanks(values: Record<string, string>, required: Record<string, string>): PlacedErrors {
  const blanks = Object.entries(required).filter(([name]) => (values[name] ?? '').trim() === '')
  return { byField: Object.fromEntries(blanks.map(([name, sentence]) => [name, [sentence]])), alerts: [] }
}

/** Finds the first field with an error, in the order of the form; null when every field is valid. */
export function firstWithError(errors: PlacedErrors, fields: readonly string[]): string | null {
  return fields.find((name) => (errors.byField[name] ?? []).length > 0) ?? null
}

/** Answers whether there is an error. */
export function hasErrors({ byField, alerts }: PlacedErrors): boolean {
  return alerts.length > 0 || Object.values(byField).some((sentences) => sentences.length > 0)
}

/** Shortens a sentence to fit below most fields. The label above already names the field. */
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
