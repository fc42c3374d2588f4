import { afterEach, expect, test, vi } from 'vitest'
import { readClaims } from '../src/session/read-claims.ts'

afterEach(() => vi.unstubAllGlobals())

test('claims are read without a TextDecoder, which React Native before 0.85 does not have', () => {
  vi.stubGlobal('TextDecoder', undefined)
  const claims = { session: 's-1', iat: 1, exp: 2, user_id: 'u-1', note: 'Zoë 李' }
  const token = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
  expect(readClaims(token)).toMatchObject({ session: 's-1', user_id: 'u-1' })
})
