import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSeconds, newEvent, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { deleteLongestUnused, deleteOtherSessions, deleteSessionOfToken, takeSession } from './end.ts'
import { deleteSingleFactorSessions, lowerSessions, raiseSession } from './levels.ts'

const PASSKEY = { acr: 'aal2', amr: 'hwk mfa' }
const TWO_FACTORS = { acr: 'aal2', amr: 'pwd otp mfa' }

/** The sessions of a user, and one of another user. */
const SESSIONS = {
  newest: { last_seen_at: inSeconds(-1) },
  strong: { last_seen_at: inSeconds(-2), ...TWO_FACTORS },
  passkey: { last_seen_at: inSeconds(-3), ...PASSKEY },
  oldest: { last_seen_at: inSeconds(-4) },
  expired: { last_seen_at: inSeconds(0), idle_expires_at: inSeconds(-1) },
}
type Name = keyof typeof SESSIONS | 'foreign'
const ALL: Name[] = ['newest', 'strong', 'passkey', 'oldest', 'expired', 'foreign']

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other]: UserId[] = []
let ids: Record<Name, SessionId>
beforeEach(async () => {
  ;[own, other] = [await rows.addUser(), await rows.addUser()]
  const entries = Object.entries(SESSIONS).map(async ([name, row]) => [
    name,
    await rows.addSession(own as UserId, row),
  ])
  ids = Object.fromEntries([
    ...(await Promise.all(entries)),
    ['foreign', await rows.addSession(other as UserId, {})],
  ])
})

const of = (name: Name, userId = own as UserId) => ({ userId, sessionId: ids[name] })

/** The names of the sessions that are left, or of those with a level. */
async function listLeft(acr?: string): Promise<Name[]> {
  const left = await test.database.sql`select id, acr from sessions`
  return ALL.filter((name) => left.some((row) => row.id === ids[name] && (!acr || row.acr === acr)))
}
const without = (...names: Name[]) => ALL.filter((name) => !names.includes(name))

describe('one session ends', () => {
  const end = (session: ReturnType<typeof of>) =>
    deleteSessionOfToken(test.ctx.db, test.ctx.clock, { ...session, generation: 1, event: newEvent() })
  const take = (session: ReturnType<typeof of>) => takeSession(test.ctx.db, session)

  it.each([
    ['deleteSessionOfToken', end],
    ['takeSession', take],
  ])('%s: the one that is named', async (_, work) => {
    expect(await work(of('strong'))).toBeTruthy()
    expect(await listLeft()).toEqual(without('strong'))
  })

  it.each([
    ['deleteSessionOfToken', end],
    ['takeSession', take],
  ])('%s: none of another user', async (_, work) => {
    expect(await work(of('strong', other as UserId))).toBeFalsy()
    expect(await listLeft()).toEqual(ALL)
  })

  it('deleteSessionOfToken: none that has expired', async () => {
    expect(await end(of('expired'))).toBe(false)
  })
})

describe('deleteLongestUnused', () => {
  const end = (keep: number, newest: SessionId | null) =>
    deleteLongestUnused(test.ctx.db, test.ctx.clock, { userId: own as UserId, keep, newest })

  it('ends expired sessions first, and then those that were unused for longest', async () => {
    expect(await end(2, null)).toBe(3)
    expect(await listLeft()).toEqual(without('expired', 'oldest', 'passkey'))
  })

  it('keeps a session that counts as the newest', async () => {
    expect(await end(2, ids.oldest)).toBe(3)
    expect(await listLeft()).toEqual(without('expired', 'strong', 'passkey'))
  })
})

describe('deleteOtherSessions', () => {
  it('ends every session of a user but one', async () => {
    await deleteOtherSessions(test.ctx.db, { userId: own as UserId, except: ids.strong })
    expect(await listLeft()).toEqual(['strong', 'foreign'])
  })

  it('ends every session of a user', async () => {
    await deleteOtherSessions(test.ctx.db, { userId: own as UserId, except: null })
    expect(await listLeft()).toEqual(['foreign'])
  })
})

describe('the level of sessions', () => {
  it.each([null, 'oldest' as const])('with one factor they end, except %s', async (name) => {
    const except = name && ids[name]
    const count = await deleteSingleFactorSessions(test.ctx.db, { userId: own as UserId, except })
    expect(count).toBe(name ? 2 : 3)
    expect(await listLeft()).toEqual(
      ALL.filter((one) => one === name || ['strong', 'passkey', 'foreign'].includes(one)),
    )
  })

  it('is raised for the session that is named', async () => {
    expect(await raiseSession(test.ctx.db, test.ctx.clock, { ...of('oldest'), amr: ['otp', 'mfa'] })).toBe(
      true,
    )
    expect(await listLeft('aal2')).toEqual(['strong', 'passkey', 'oldest'])
  })

  it.each([
    ['of another user', 'foreign'],
    ['that has expired', 'expired'],
  ] as const)('is raised for no session %s', async (_, name) => {
    expect(await raiseSession(test.ctx.db, test.ctx.clock, { ...of(name), amr: ['otp', 'mfa'] })).toBe(false)
    expect(await listLeft('aal2')).toEqual(['strong', 'passkey'])
  })

  it('falls in the sessions of a user that no passkey opened', async () => {
    const foreign = await rows.addSession(other as UserId, TWO_FACTORS)
    const plain = newId<SessionId>()
    await rows.addSession(own as UserId, { id: plain, amr: 'pwd mfa' })
    await lowerSessions(test.ctx.db, own as UserId)
    expect(await listLeft('aal2')).toEqual(['passkey'])
    const [kept] = await test.database.sql`select acr from sessions where id = ${foreign}`
    expect(kept).toEqual({ acr: 'aal2' })
    const [untouched] = await test.database.sql`select amr from sessions where id = ${plain}`
    expect(untouched).toEqual({ amr: 'pwd mfa' })
  })
})
