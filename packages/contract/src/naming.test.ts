import { expect, expectTypeOf, it } from 'vitest'
import { type CamelCase, type CamelKeys, renameKeys, toCamelCase, toSnakeCase } from './naming.ts'

it.each([
  ['email', 'email'],
  ['new_password2', 'newPassword2'],
  ['non_field_errors', 'nonFieldErrors'],
  ['last_seen_at', 'lastSeenAt'],
])('%s of the contract becomes %s in the code, and the reverse', (wire, code) => {
  expect(toCamelCase(wire)).toBe(code)
  expect(toSnakeCase(code)).toBe(wire)
})

it('the types rename keys in the same way as the functions', () => {
  expectTypeOf<CamelCase<'last_seen_at'>>().toEqualTypeOf<'lastSeenAt'>()
  expectTypeOf<CamelKeys<{ user_ids: { is_active: boolean }[]; made_at: Date }>>().toEqualTypeOf<{
    userIds: { isActive: boolean }[]
    madeAt: Date
  }>()
})

it('renames the keys of an object and leaves nested keys as they are', () => {
  expect(renameKeys({ first_name: { inner_name: 1 } }, toCamelCase)).toEqual({ firstName: { inner_name: 1 } })
})
