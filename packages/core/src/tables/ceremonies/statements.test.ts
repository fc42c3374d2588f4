import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { UserId } from '../../words/ids.ts'
import { countFailure, findChallenge, MOST_FAILURES, takeChallenge } from './challenges.ts'
import { hasPasskeyCeremony, takePasskeyCeremony } from './passkey-ceremonies.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

/** Adds a ceremony of a user that waits, and returns the hash of its secret. */
async function addCeremony(user_id: UserId | null, changes: object = {}): Promise<string> {
  const token_hash = newId()
  const times = { created_at: inSeconds(-60), expires_at: inSeconds(60) }
  const row = { token_hash, kind: 'second_factor', user_id, verified_epoch: 0, method: 'password', ...times }
  await rows.insert('ceremonies', { ...row, ...changes })
  return token_hash
}

const exists = async (hash: string) =>
  (await test.database.sql`select from ceremonies where token_hash = ${hash}`).length === 1

/** What differs from a challenge that works. */
interface Case {
  user?: object
  ceremony?: object
  presented?: object
}

/** Presents a challenge beside another one of its user. */
async function present<T>(
  statement: (presented: { tokenHash: string; kind: 'second_factor'; userId: UserId }) => Promise<T>,
  given: Case,
): Promise<{ answer: T; hash: string }> {
  const userId = await rows.addUser(given.user)
  const hash = await addCeremony(userId, given.ceremony)
  const second = await addCeremony(userId, given.ceremony)
  const answer = await statement({ tokenHash: hash, kind: 'second_factor', userId, ...given.presented })
  expect(await exists(second)).toBe(true)
  return { answer, hash }
}

const UNKNOWN: Record<string, Case> = {
  'of another kind': { presented: { kind: 'setup' } },
  'with another secret': { presented: { tokenHash: 'unknown' } },
  'that has expired': { ceremony: { expires_at: inSeconds(-1) } },
}
const FAILED: Record<string, Case> = {
  'with too many wrong answers': { ceremony: { failures: MOST_FAILURES } },
}

describe('a challenge', () => {
  const { db, clock } = { db: () => test.ctx.db, clock: () => test.ctx.clock }

  it('is found, and stays', async () => {
    const { answer, hash } = await present((presented) => findChallenge(db(), clock(), presented), {})
    expect(answer).toMatchObject({ tokenHash: hash, method: 'password' })
    expect(await exists(hash)).toBe(true)
  })

  it.each(
    Object.entries({
      ...UNKNOWN,
      ...FAILED,
      'of a deactivated user': { user: { is_active: false } },
      'of a user that changed since': { user: { session_epoch: 1 } },
    }),
  )('is not found: one %s', async (_, given) => {
    expect(await present((presented) => findChallenge(db(), clock(), presented), given)).toMatchObject({
      answer: null,
    })
  })

  it('is deleted by the last wrong answer, and no other one is', async () => {
    const given = { ceremony: { failures: MOST_FAILURES - 1 } }
    const { answer, hash } = await present((presented) => countFailure(db(), clock(), presented), given)
    expect(answer).toBe(MOST_FAILURES)
    expect(await exists(hash)).toBe(false)
  })

  it('stays after the first wrong answer', async () => {
    const { answer, hash } = await present((presented) => countFailure(db(), clock(), presented), {})
    expect(answer).toBe(1)
    expect(await exists(hash)).toBe(true)
  })

  it.each(Object.entries({ ...UNKNOWN, ...FAILED }))('counts no wrong answer: one %s', async (_, given) => {
    const { answer, hash } = await present((presented) => countFailure(db(), clock(), presented), given)
    expect(answer).toBeNull()
    expect(await exists(hash)).toBe(true)
  })

  it('is taken once', async () => {
    const { answer } = await present(async (presented) => {
      const first = await takeChallenge(db(), clock(), presented)
      return [first, await takeChallenge(db(), clock(), presented)]
    }, {})
    expect(answer).toEqual([{ pendingConnection: null }, null])
  })

  it.each(Object.entries({ ...UNKNOWN, 'of another user': { presented: { userId: newId() } } }))(
    'is not taken: one %s',
    async (_, given) => {
      const { answer, hash } = await present((presented) => takeChallenge(db(), clock(), presented), given)
      expect(answer).toBeNull()
      expect(await exists(hash)).toBe(true)
    },
  )
})

describe('a ceremony of a passkey', () => {
  const kind = 'passkey_registration' as const
  const sessionId = newId()

  it.each([
    [true, 'of this caller', {}],
    [false, 'with another secret', { tokenHash: 'unknown' }],
    [false, 'of another kind', { kind: 'reauthentication' }],
    [false, 'of another user', { userId: newId() }],
    [false, 'without a user', { userId: null }],
    [false, 'of another session', { sessionId: newId() }],
    [false, 'without a session', { sessionId: null }],
  ])('%s for an answer: one %s', async (isFound, _, changes) => {
    const userId = await rows.addUser()
    const hash = await addCeremony(userId, { kind, session_id: sessionId })
    const second = await addCeremony(userId, { kind, session_id: sessionId })
    const presented = { tokenHash: hash, kind, userId, sessionId, ...changes } as Parameters<
      typeof takePasskeyCeremony
    >[2]
    expect(await hasPasskeyCeremony(test.ctx.db, test.ctx.clock, presented)).toBe(isFound)
    expect(await takePasskeyCeremony(test.ctx.db, test.ctx.clock, presented)).toBe(isFound)
    expect([await exists(hash), await exists(second)]).toEqual([!isFound, true])
  })

  it('has ended when it has expired', async () => {
    const hash = await addCeremony(null, { kind: 'passkey_sign_in', expires_at: inSeconds(-1) })
    const presented = { tokenHash: hash, kind: 'passkey_sign_in' as const, userId: null, sessionId: null }
    expect(await hasPasskeyCeremony(test.ctx.db, test.ctx.clock, presented)).toBe(false)
    expect(await takePasskeyCeremony(test.ctx.db, test.ctx.clock, presented)).toBe(false)
  })
})
