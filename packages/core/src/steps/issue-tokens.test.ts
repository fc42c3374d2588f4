import { createTestCore, readClaims, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatedSubject } from '../words/claims.ts'
import { newId, type SessionId, type UserId } from '../words/ids.ts'
import { issueTokens } from './issue-tokens.ts'

const ISSUED_AT = 1_800_000_000
const LIFETIME = 30 * 60

const SUBJECT: DatedSubject = {
  userId: newId<UserId>(),
  externalId: null,
  sessionId: newId<SessionId>(),
  generation: 1,
  role: 0,
  emailVerified: true,
  sessionCreatedAt: new Date(ISSUED_AT * 1000),
  sessionExpiresAt: null,
  acr: 'aal1',
  amr: 'pwd',
  authTime: new Date(ISSUED_AT * 1000),
  jkt: null,
  superseded: false,
  issuedAt: ISSUED_AT,
}

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const issue = (changes: Partial<DatedSubject> = {}) => issueTokens(test.ctx, { ...SUBJECT, ...changes })

describe('the tokens of a session', () => {
  it('say only of a bound session that it is bound, and only of one with a successor that it has one', () => {
    const tokens = { access: expect.any(String), refresh: expect.any(String) }
    expect(issue()).toEqual(tokens)
    expect(issue({ jkt: 'a thumbprint' })).toEqual({ ...tokens, bound: true })
    expect(issue({ superseded: true })).toEqual({ ...tokens, superseded: true })
  })

  it.each([
    [null, LIFETIME],
    [LIFETIME + 1, LIFETIME],
    [60, 60],
  ])('let the access token end with the session, which ends after %s seconds: after %i', (seconds, life) => {
    const sessionExpiresAt = seconds === null ? null : new Date((ISSUED_AT + seconds) * 1000)
    const { access, refresh } = issue({ sessionExpiresAt })
    expect(readClaims(access)).toMatchObject({ iat: ISSUED_AT, exp: ISSUED_AT + life })
    expect(readClaims(refresh)).toMatchObject({ iat: ISSUED_AT, exp: ISSUED_AT + 14 * 86_400 })
  })

  it('are for every service, and for this server alone', () => {
    const { access, refresh } = issue()
    expect(readClaims(access)).toMatchObject({ aud: 'http://localhost:3000' })
    expect(readClaims(refresh)).toMatchObject({ aud: 'http://localhost:3000/refresh/' })
  })
})
