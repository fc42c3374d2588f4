import { z } from 'zod'
import { SENTENCES, tooLarge, tooSmall } from './sentences.ts'
import { textField } from './text-field.ts'

/** Characters of a time. Seconds may have nine digits and more behind their point. */
const TIME_MAX_CHARACTERS = 40
/** The times that PostgreSQL and JavaScript both hold, also after an offset is taken off. */
const YEARS = /^(?!0000)\d{4}-/

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

/** A boolean: JSON, or the text `true` or `false`. Python writes them `True` and `False`. Other texts are refused. */
export function booleanField() {
  const flag = z.boolean({ error: (issue) => describeMissing(issue.input) ?? SENTENCES.notABoolean })
  return z.preprocess((value: boolean | string) => readBoolean(value), flag).meta({ type: 'boolean' })
}

function readBoolean(value: unknown): unknown {
  if (value === 'true' || value === 'True') return true
  return value === 'false' || value === 'False' ? false : value
}

function describeMissing(input: unknown): string | null {
  if (input === undefined) return SENTENCES.required
  return input === null ? SENTENCES.null : null
}

/** A time: ISO 8601 with `Z` or an offset. It stays the text that was sent; {@link readTime} reads it. */
export function timeField() {
  return textField({
    maxCharacters: TIME_MAX_CHARACTERS,
    refuse: (text) => (isTime(text) ? null : SENTENCES.notATime),
  }).meta({ format: 'date-time', example: '2026-01-31T12:00:00Z' })
}

/** Reads a time that {@link timeField} accepted. */
export function readTime(text: string): Date
export function readTime(text: string | undefined): Date | undefined
export function readTime(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

function isTime(text: string): boolean {
  return z.iso.datetime({ offset: true }).safeParse(text).success && YEARS.test(new Date(text).toISOString())
}
