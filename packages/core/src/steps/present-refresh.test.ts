import { expect, it } from 'vitest'
import type { TokenClaims } from '../words/claims.ts'
import { newId, type SessionId, type UserId } from '../words/ids.ts'
import type { OldClaims } from '../words/old-token.ts'
import { readGoodRefresh } from './present-refresh.ts'

const claims = {
  sub: newId<UserId>(),
  session: newId<SessionId>(),
  session_iat: 5,
  iat: 7,
  generation: 3,
} as TokenClaims
const old = { sessionId: newId<SessionId>(), begun: 5, issuedAt: 7 } as OldClaims

it('a good refresh token names its session and generation', () => {
  const named = { sessionId: claims.session, generation: 3, begun: 5, issuedAt: 7, old: null }
  expect(readGoodRefresh({ status: 'valid', claims })).toMatchObject(named)
  const moved = { sessionId: old.sessionId, generation: 0, begun: 5, issuedAt: 7, presented: null, old }
  expect(readGoodRefresh({ status: 'old', claims: old, isExpired: false })).toEqual(moved)
})

it.each([
  ['has expired', { status: 'expired', claims }],
  ['of another deployment has expired', { status: 'old', claims: old, isExpired: true }],
  [
    'names a generation that cannot be stored',
    { status: 'valid', claims: { ...claims, generation: 2 ** 31 } },
  ],
  ['is of the other kind', { status: 'wrong_type' }],
  ['is forged', { status: 'invalid' }],
] as const)('a refresh token that %s is not good', (_, verdict) => {
  expect(readGoodRefresh(verdict)).toBeNull()
})
