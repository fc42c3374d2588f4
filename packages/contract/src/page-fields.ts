import { z } from 'zod'
import { isId } from './ids.ts'
import { ID_MAX_CHARACTERS, PAGE_DEFAULT_LIMIT, PAGE_MAX_LIMIT } from './limits.ts'
import { SENTENCES } from './sentences.ts'
import { textField } from './text-field.ts'
import { integerField } from './value-fields.ts'

/** The fields for a page of a list: `cursor` and `limit`. */
export function pageFields() {
  const cursor = textField({
    maxCharacters: ID_MAX_CHARACTERS,
    isLookedUp: true,
    refuse: (text) => (isId(text) ? null : SENTENCES.notACursor),
  })
  return {
    cursor: cursor.optional().meta({ description: 'The `next_cursor` of the page before.' }),
    limit: integerField({ min: 1, max: PAGE_MAX_LIMIT })
      .optional()
      .meta({
        type: 'integer',
        description: `At most ${PAGE_MAX_LIMIT}; ${PAGE_DEFAULT_LIMIT} when left out.`,
      }),
  }
}

/** The part of an answer that tells the next page. */
export function nextCursorField() {
  return z.string().nullable().meta({ description: 'Leads to the next page; null at the end.' })
}
