import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { booleanField, integerField, timeField } from './value-fields.ts'

const faultsOf = (field: z.ZodType, input: unknown) =>
  (field.safeParse(input).error?.issues ?? []).map(({ message }) => message)

describe('a number', () => {
  const field = integerField({ min: 1, max: 100 })

  it.each([1, '1', 100, '100'])('is JSON or text: %j', (input) => {
    expect(field.parse(input)).toBe(Number(input))
  })

  it.each([[0], ['-1']])('below its bounds is refused: %j', (input) => {
    expect(faultsOf(field, input)).toEqual(['Ensure this value is greater than or equal to 1.'])
  })

  it.each([[101], ['101']])('above its bounds is refused: %j', (input) => {
    expect(faultsOf(field, input)).toEqual(['Ensure this value is less than or equal to 100.'])
  })

  it.each([[[5]], [['5']], ['5.0'], ['0x5'], [' 5'], [''], [5.5], [true], [{ toString: () => '5' }]])(
    'is no %j',
    (input) => {
      expect(faultsOf(field, input)).toEqual(['A valid integer is required.'])
    },
  )
})

it.each([
  [true, true],
  ['true', true],
  ['True', true],
  [false, false],
  ['false', false],
  ['False', false],
])('a boolean is JSON or text: %j', (input, value) => {
  expect(booleanField().parse(input)).toBe(value)
})

describe('a time', () => {
  // Each part that the sentence puts in square brackets may be left out, and no other part.
  it.each(['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00.123456+01:00'])(
    'is of the format of the sentence: %s',
    (text) => {
      expect(faultsOf(timeField(), text)).toEqual([])
    },
  )

  it.each(['2026-01-31T12:00Z', '2026-01-31T12:00:00', '2026-01-31'])('is not %s', (text) => {
    expect(faultsOf(timeField(), text)).toEqual([
      'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu](+HH:MM|-HH:MM|Z).',
    ])
  })
})

it.each([1, 0, '1', 'TRUE', '', [true]])('a boolean is no %j', (input) => {
  expect(faultsOf(booleanField(), input)).toEqual(['Must be a valid boolean.'])
})

it.each([
  [undefined, 'This field is required.'],
  [null, 'This field may not be null.'],
])('a number or a boolean that is %j is told as missing', (input, sentence) => {
  expect(faultsOf(integerField({ min: 1, max: 100 }), input)).toEqual([sentence])
  expect(faultsOf(booleanField(), input)).toEqual([sentence])
})
