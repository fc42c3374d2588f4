import { z } from 'zod'
import { SENTENCES, tooLarge, tooSmall } from './sentences.ts'

/** A whole number within bounds, both included. It is JSON, or text in a query or a form. */
export function integerField(bounds: { min: number; max: number }) {
  const number = z
    .int({ error: (issue) => describeMissing(issue.input) ?? SENTENCES.notAnInteger })
    .min(bounds.min, tooSmall(bounds.min))
    .max(bounds.max, tooLarge(bounds.max))
  return z
    .preprocess((value: number | string) => readInteger(value), number)
    .meta({ type: 'integer', minimum: bounds.min, maximum: bounds.max })
}

function readInteger(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
}

/** A boolean: JSON, or the text `true` or `false`. Other texts are refused. */
export function booleanField() {
  const flag = z.boolean({ error: (issue) => describeMissing(issue.input) ?? SENTENCES.notABoolean })
  const read = (value: boolean | string) => (value === 'true' ? true : value === 'false' ? false : value)
  return z.preprocess(read, flag).meta({ type: 'boolean' })
}

function describeMissing(input: unknown): string | null {
  if (input === undefined) return SENTENCES.required
  return input === null ? SENTENCES.null : null
}
