import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { isId } from './ids.ts'
import { externalIdOf, type ImportedKey, sessionIdOf, userIdOf } from './imported-id.ts'

const ADA: ImportedKey = {
  source: '7345/shop/jwt_allauth_jauser',
  oldId: '1',
  keyType: 'integer',
  createdAt: new Date('2026-11-22T18:12:37.123Z'),
}

it('a user of another deployment has one id, which says when the user was made', () => {
  const id = userIdOf(ADA)
  expect(userIdOf({ ...ADA })).toBe(id)
  expect(isId(id)).toBe(true)
  const digits = id.replaceAll('-', '')
  expect(Number.parseInt(digits.slice(0, 12), 16)).toBe(ADA.createdAt?.getTime())
  const digest = createHash('sha256').update(`latchkey/import/${ADA.source}/user/1`).digest('hex')
  expect(digits[12]).toBe('7')
  expect(digits.slice(13, 16)).toBe(digest.slice(13, 16))
  expect('89ab').toContain(digits[16])
  expect(digits.slice(17)).toBe(digest.slice(17, 32))
})

it('another key, another source and another time give another id', () => {
  const keys = [
    ADA,
    { ...ADA, oldId: '2' },
    { ...ADA, source: 'another' },
    { ...ADA, createdAt: new Date(0) },
  ]
  expect(new Set(keys.map(userIdOf)).size).toBe(keys.length)
})

it('ids of users who were made later sort later', () => {
  const ids = Array.from({ length: 50 }, (_, n) =>
    userIdOf({ ...ADA, oldId: String(1000 - n), createdAt: new Date(1_600_000_000_000 + n) }),
  )
  expect([...ids].sort()).toEqual(ids)
})

it.each([
  ['no time', null, '00000000-0000-7'],
  ['a time before 1970', new Date('1900-01-01'), '00000000-0000-7'],
  ['an invalid time', new Date('infinity'), '00000000-0000-7'],
  ['the last time of a date', new Date(8.64e15), 'ffffffff-ffff-7'],
])('a user with %s has an id too, the same each time', (_, createdAt, start) => {
  const id = userIdOf({ ...ADA, createdAt })
  expect(isId(id)).toBe(true)
  expect(id.replaceAll('-', '').startsWith(start.replaceAll('-', ''))).toBe(true)
  expect(userIdOf({ ...ADA, createdAt })).toBe(id)
})

it.each([
  ['0F8FAD5B-D9CB-469F-A165-70867728950E'],
  ['0f8fad5bd9cb469fa16570867728950e'],
  ['0f8fad5b-d9cb-469f-a165-70867728950e'],
])('the UUID %s stays the id, and other services need no second one', (oldId) => {
  expect(userIdOf({ ...ADA, keyType: 'uuid', oldId })).toBe('0f8fad5b-d9cb-469f-a165-70867728950e')
  expect(externalIdOf({ keyType: 'uuid', oldId })).toBeNull()
})

it('any other key is the id that other services know', () => {
  expect(externalIdOf({ keyType: 'integer', oldId: '9007199254740993' })).toBe('9007199254740993')
  expect(externalIdOf({ keyType: 'text', oldId: 'auth0|5f7c' })).toBe('auth0|5f7c')
})

it('a source with UUIDs that has another key is told the key', () => {
  expect(() => userIdOf({ ...ADA, keyType: 'uuid', oldId: '12' })).toThrow('The key "12" is no UUID.')
})

it('a session of a Django deployment keeps its digits, and gets dashes', () => {
  expect(sessionIdOf('eb7c014d078e49959bfa280f9aa33157')).toBe('eb7c014d-078e-4995-9bfa-280f9aa33157')
})

it.each(['', 'EB7C014D078E49959BFA280F9AA33157', 'eb7c014d078e49959bfa280f9aa33157\n', 'eb7c014d-078e'])(
  'the text %j is no session of a Django deployment',
  (text) => {
    expect(sessionIdOf(text)).toBeNull()
  },
)
