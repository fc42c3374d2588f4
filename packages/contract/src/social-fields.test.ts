import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { PROVIDER_TEXT_MAX_CHARACTERS, PROVIDER_TOKEN_MAX_CHARACTERS } from './limits.ts'
import { codeFields, tokenFields } from './social-fields.ts'
import { UNITS_PER_CHARACTER, UNKNOWN } from './text-field.ts'

const FIELDS = { ...tokenFields(), ...codeFields() }
type Name = keyof typeof FIELDS
const SMALL: Name[] = ['provider', 'client_id', 'nonce', 'callback_url', 'code_verifier']
const CREDENTIALS: Name[] = ['id_token', 'access_token', 'code']
const read = (name: Name, text: string) => (FIELDS[name] as z.ZodType).parse(text)

describe.each([...SMALL, ...CREDENTIALS])('the field %s', (name) => {
  it('takes a wrong text for an unknown one, also with null characters', () => {
    expect(read(name, 'a\0b')).toBe('a\0b')
    expect(read(name, 'a'.repeat(UNITS_PER_CHARACTER * PROVIDER_TOKEN_MAX_CHARACTERS + 1))).toBe(UNKNOWN)
  })
})

it.each(CREDENTIALS)('the credential %s is ASCII, so one character too many makes it unknown', (name) => {
  const longest = 'a'.repeat(PROVIDER_TOKEN_MAX_CHARACTERS)
  expect(read(name, longest)).toBe(longest)
  expect(read(name, `${longest}a`)).toBe(UNKNOWN)
})

it.each(SMALL)('the field %s is bounded', (name) => {
  const longest = 'a'.repeat(PROVIDER_TEXT_MAX_CHARACTERS)
  expect(read(name, longest)).toBe(longest)
  expect(read(name, 'a'.repeat(UNITS_PER_CHARACTER * PROVIDER_TEXT_MAX_CHARACTERS + 1))).toBe(UNKNOWN)
})
