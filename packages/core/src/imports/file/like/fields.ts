import type { SourceRemark } from '../../records.ts'
import type { Fields } from '../records.ts'

/** A line of another product: the fields that `import file` takes, and what the report says of it. */
export interface Likeness {
  fields: Fields
  remarks: SourceRemark[]
}

/** The words that are true. */
export function listRemarks(facts: Record<string, boolean>): SourceRemark[] {
  return Object.entries(facts).flatMap(([word, isTrue]) => (isTrue ? [{ word }] : []))
}

/** Returns whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list; none of what is no list. */
export function listFields(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** The ISO text of milliseconds, which may be a text themselves; other values as they are. */
export function fromMilliseconds(value: unknown): unknown {
  const isText = typeof value === 'string' && /^\d{1,15}$/.test(value)
  const time = new Date(isText || typeof value === 'number' ? Number(value) : Number.NaN)
  return Number.isNaN(time.getTime()) ? value : time.toISOString()
}
