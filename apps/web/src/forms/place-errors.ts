import { isLatchkeyError } from '@latchkey/client'
import { describeError, type ErrorDescription } from '@latchkey/client/messages'

/** The sentences of a refusal, grouped by the place where they are shown. */
export interface PlacedErrors {
  byField: Record<string, string[]>
  /** The sentences that belong to the form as a whole. They are shown below it. */
  alerts: string[]
}

/** The errors of a form without errors. */
export const NO_ERRORS: PlacedErrors = { byField: {}, alerts: [] }

/** The fields that some codes of refusals are about. */
const FIELDS_OF_CODES: Partial<Record<string, string>> = {
  invalid_code: 'code',
  invalid_recovery_code: 'recovery_code',
  invalid_password: 'password',
}

/**
 * Places a refusal beside the fields it is about. A sentence about a field that the form lacks is an alert.
 *
 * @param fields - the names of the fields, in the order of the form
 * @param describe - describes the error in the current language; in English unless given
 */
export function placeErrors(
  error: unknown,
  fields: readonly string[],
  describe: (error: unknown) => ErrorDescription = describeError,
): PlacedErrors {
  const description = describe(error)
  const field = isLatchkeyError(error) ? FIELDS_OF_CODES[error.code] : undefined
  if (field !== undefined && fields.includes(field))
    return { byField: { [field]: [description.message] }, alerts: [] }
  const described = Object.entries(description.fields)
  if (described.length === 0) return { byField: {}, alerts: [description.message] }
  const isShown = ([name]: [string, string[]]) => fields.includes(name)
  return {
    byField: Object.fromEntries(described.filter(isShown)),
    alerts: described.filter((entry) => !isShown(entry)).flatMap(([, sentences]) => sentences),
  }
}

/**
 * Places the sentences of the fields that are empty.
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
