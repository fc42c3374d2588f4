import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { BODY_MAX_BYTES, CHECKED_PASSWORD_MAX_CHARACTERS } from '../limits.ts'
import { resolveOperation } from '../resolve-operation.ts'
import { EVERY_SETTINGS } from '../settings.ts'
import { UNITS_PER_CHARACTER } from '../text-field.ts'
import { operations } from './index.ts'

/** Every field of every operation, under each of the settings in EVERY_SETTINGS. */
const FIELDS = new Map(
  EVERY_SETTINGS.flatMap((settings) =>
    Object.entries(operations).flatMap(([operation, definition]) =>
      Object.entries(resolveOperation(definition, settings).shape).map(
        ([name, field]) => [`${operation}: ${name}`, field as z.ZodType] as const,
      ),
    ),
  ),
)

/** Functions that read a whole text or write another one. */
const WORK = ['normalize', 'toLowerCase', 'trim', 'isWellFormed', 'includes', 'matchAll', 'split'] as const

/** The UTF-16 units of the longest text with which a field did any work, and what it read. */
function readWatched(field: z.ZodType, text: string) {
  let longest = 0
  for (const name of WORK) {
    const original = String.prototype[name] as (...given: unknown[]) => unknown
    vi.spyOn(String.prototype, name).mockImplementation(function (this: string, ...given: unknown[]) {
      longest = Math.max(longest, this.length)
      return Reflect.apply(original, this, given) as never
    })
  }
  const read = z.safeParse(field, text)
  vi.restoreAllMocks()
  return { longest, data: read.success ? read.data : undefined }
}

describe.each([...FIELDS])('the field %s', (_, field) => {
  it('does no work with a text that is longer than any that it accepts', () => {
    for (const unit of ['a', ' ', '\u0300', '\u0316\u0300', '\ufdfa', '\ud800', '@', '9', '\0']) {
      const { longest, data } = readWatched(field, unit.repeat(BODY_MAX_BYTES / unit.length))
      // An id or a token that is too long stands for an unknown one.
      expect(longest).toBeLessThanOrEqual(1)
      if (longest > 0 && data !== undefined) expect(data).toBe('-')
    }
  })

  it('reads no text that is longer than the longest password', () => {
    const most = UNITS_PER_CHARACTER * CHECKED_PASSWORD_MAX_CHARACTERS
    for (let units = 1; units <= BODY_MAX_BYTES; units *= 2) {
      expect(readWatched(field, 'ä'.repeat(units)).longest).toBeLessThanOrEqual(most)
    }
  })
})
