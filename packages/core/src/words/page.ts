import { z } from 'zod'
import { textField } from './fields.ts'
import { isId } from './ids.ts'
import { integerField } from './value-fields.ts'

/** Which page of a list. */
export interface PageRequest {
  /** The `nextCursor` of the page before, or null for the first. */
  cursor: string | null
  limit: number
}

/** A page of a list whose order is that of its ids; what is added meanwhile neither repeats nor hides an item. */
export interface Page<Item> {
  items: Item[]
  /** Leads to the next page; null at the end. */
  nextCursor: string | null
}

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 100

/** Makes a page of rows that were read with one more than the limit. */
export function cutPage<Item extends { id: string }>(rows: Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** The fields by which a caller asks for a page: `cursor` and `limit`. */
export function pageFields() {
  const cursor = textField({ refuse: (text) => (isId(text) ? null : 'Invalid cursor.') })
  return {
    cursor: cursor.optional().meta({ description: 'The `next_cursor` of the page before.' }),
    limit: integerField({ min: 1, max: MAX_LIMIT })
      .optional()
      .meta({ type: 'integer', description: `At most ${MAX_LIMIT}; ${DEFAULT_LIMIT} when left out.` }),
  }
}

/** Reads {@link pageFields}. */
export function readPage(input: { cursor?: string; limit?: number }): PageRequest {
  return { cursor: input.cursor ?? null, limit: input.limit ?? DEFAULT_LIMIT }
}

/** What a caller reads of the next page. */
export function nextCursorField() {
  return z.string().nullable().meta({
    description: 'Leads to the next page; null at the end.',
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
  })
}
