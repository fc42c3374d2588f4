import { afterEach, expect, test, vi } from 'vitest'
import { haveSame, ownerOf, readClaims } from '../src/session/read-claims.ts'

afterEach(() => vi.unstubAllGlobals())

test('claims are read without a TextDecoder, which React Native before 0.85 does not have', () => {
  vi.stubGlobal('TextDecoder', undefined)
  const claims = { session: 's-1', iat: 1, exp: 2, user_id: 'u-1', note: 'Zoë 李' }
  const token = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
  expect(readClaims(token)).toMatchObject({ session: 's-1', user_id: 'u-1' })
})

test('the owner of a token is the account itself, and not the id that other services know', () => {
  const claims = { session: 's-1', iat: 1, exp: 2, user_id: '17' }
  const read = (more: object) => {
    const found = readClaims(`x.${btoa(JSON.stringify({ ...claims, ...more }))}.x`)
    return found && ownerOf(found)
  }
  expect(read({ sub: 'u-1' })).toBe('u-1')
  expect(read({})).toBe('17')
})

test('a token of the former deployment, with a number as user_id, is of the same user as its successor', () => {
  const make = (more: object) => `x.${btoa(JSON.stringify({ session: 's-1', iat: 1, exp: 2, ...more }))}.x`
  expect(haveSame(make({ user_id: 17 }), make({ user_id: '17', sub: 'u-1' }), 'user_id')).toBe(true)
  expect(haveSame(make({ user_id: 17 }), make({ user_id: '18', sub: 'u-1' }), 'user_id')).toBe(false)
})
