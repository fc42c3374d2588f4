import {
  createTestCore,
  logIn,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { revokeSession } from './revoke-session.ts'

const NOT_FOUND = { code: 'not_found', detail: 'Not found.' }

let test: TestCore
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
})
afterAll(() => test.close())

describe('revoking a session', () => {
  it('ends that session at once, and no other', async () => {
    const other = await logIn(test.ctx, person)
    await revokeSession(test.ctx, { identity, sessionId: readClaims(other.access).session })
    expect(await refusalOf(authenticate(test.ctx, other.access))).toMatchObject({
      detail: 'Token is invalid',
    })
    expect(await refusalOf(refreshSession(test.ctx, other))).toMatchObject({ code: 'token_not_valid' })
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toBeDefined()
  })

  it('can end the present session of the caller', async () => {
    await revokeSession(test.ctx, { identity, sessionId: person.sessionId })
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toMatchObject({
      detail: 'Token is invalid',
    })
  })

  it('answers not_found for a session of another user, and keeps it', async () => {
    const stranger = await signUp(test.ctx)
    expect(await refusalOf(revokeSession(test.ctx, { identity, sessionId: stranger.sessionId }))).toEqual(
      NOT_FOUND,
    )
    await expect(authenticate(test.ctx, stranger.tokens.access)).resolves.toBeDefined()
  })

  it('answers not_found for a text that is not an id, and for a session that has ended', async () => {
    const ids = [
      '0197a000-0000-7000-8000-000000000000',
      'x',
      '',
      "' or true --",
      '%',
      '\u0000',
      person.sessionId.slice(1),
      `${person.sessionId} `,
      person.userId,
      person.tokens.refresh,
    ]
    for (const sessionId of ids) {
      expect(await refusalOf(revokeSession(test.ctx, { identity, sessionId }))).toEqual(NOT_FOUND)
    }
    await revokeSession(test.ctx, { identity, sessionId: person.sessionId })
    expect(await refusalOf(revokeSession(test.ctx, { identity, sessionId: person.sessionId }))).toEqual(
      NOT_FOUND,
    )
  })
})
