import { expect, it } from 'vitest'
import { fromWire, toWire, toWireFields } from './translate.ts'

it('the fields of a caller are renamed to camelCase, and their values stay as they are', () => {
  const given = { new_password1: 'a_b', is_active: false }
  expect(fromWire(given)).toEqual({ newPassword1: 'a_b', isActive: false })
})

it('a value of the code is renamed to snake_case at every depth, and its dates become ISO 8601 in UTC', () => {
  const createdAt = new Date(Date.UTC(2026, 0, 31, 12))
  const value = { nextCursor: null, events: [{ createdAt, actor: 'self', details: { sessions: 2 } }] }
  expect(toWire(value)).toEqual({
    next_cursor: null,
    events: [{ created_at: '2026-01-31T12:00:00.000Z', actor: 'self', details: { sessions: 2 } }],
  })
  expect(toWire(undefined)).toBeUndefined()
})

it('the fields of a refusal have the names that the caller sent', () => {
  expect(toWireFields({ newPassword2: ['x'], nonFieldErrors: ['y'] })).toEqual({
    new_password2: ['x'],
    non_field_errors: ['y'],
  })
})
