import { expect, expectTypeOf, it } from 'vitest'
import { type CamelCase, type CamelKeys, renameKeys, toCamelCase, toSnakeCase } from './naming.ts'

it.each([
  ['email', 'email'],
  ['new_password2', 'newPassword2'],
  ['non_field_errors', 'nonFieldErrors'],
  ['last_seen_at', 'lastSeenAt'],
])('%s of the contract is %s in code, and back', (wire, code) => {
  expect(toCamelCase(wire)).toBe(code)
  expect(toSnakeCase(code)).toBe(wire)
})

it('the types rename as the functions do', () => {
  expectTypeOf<CamelCase<'last_seen_at'>>().toEqualTypeOf<'lastSeenAt'>()
  expectTypeOf<CamelKeys<{ user_ids: { is_active: boolean }[]; made_at: Date }>>().toEqualTypeOf<{
    userIds: { isActive: boolean }[]
    madeAt: Date
  }>()
})

it('renaming keys leaves what is below them alone', () => {
  expect(renameKeys({ first_name: { inner_name: 1 } }, toCamelCase)).toEqual({ firstName: { inner_name: 1 } })
})
