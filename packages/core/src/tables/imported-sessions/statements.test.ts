import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inSeconds, newEvent, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { DAY_SECONDS } from '../../words/time.ts'
import { type Exchange, exchangeSession } from './exchange.ts'
import { findImportedSession } from './find.ts'

const SOURCE = 'django'
const DEVICE = { browser: 'Firefox', os: 'Linux', device: 'Computer' }

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
  const run = { id: newId(), kind: 'django', started_at: inSeconds(-9), counts: {}, final: true }
  await rows.insert('imports', { ...run, source: SOURCE, finished_at: inSeconds(-1) })
  await rows.insert('imports', { ...run, id: newId(), source: 'open', finished_at: null })
})
afterAll(() => test.close())

/** What differs from a session that waits for its old token. */
interface Case {
  user?: object
  session?: object
  imported?: object
  presented?: object
  exchange?: Partial<Exchange>
  old?: object | null
  /** Whose token it is, when it is not the user of the session. */
  isOfAnother?: true
}

interface Named {
  userId: UserId
  sessionId: SessionId
}

async function addOwner(changes: object = {}): Promise<{ userId: UserId; externalId: string }> {
  const externalId = newId()
  return {
    externalId,
    userId: await rows.addUser({ email_verified: true, external_id: externalId, ...changes }),
  }
}

async function addWaiting(userId: UserId, { session, imported }: Case): Promise<Named & { jti: string }> {
  const sessionId = await rows.addSession(userId, { generation: 0, browser: 'Safari', ...session })
  const jti = newId()
  const row = {
    session_id: sessionId,
    source: SOURCE,
    jti,
    user_id: userId,
    expires_at: inSeconds(DAY_SECONDS),
  }
  await rows.insert('imported_sessions', { ...row, ...imported })
  return { userId, sessionId, jti }
}

/** Exchanges a session beside another one of the user, and one of another user, that wait too. */
async function exchange(
  given: Case,
): Promise<{ answer: Awaited<ReturnType<typeof exchangeSession>>; named: Named }> {
  const [owner, other] = [await addOwner(given.user), await addOwner()]
  const own = await addWaiting(owner.userId, given)
  const waiting = [await addWaiting(owner.userId, {}), await addWaiting(other.userId, {})]
  const userId = given.isOfAnother ? other.userId : own.userId
  const key = { rotationKey: 'ab'.repeat(16), jkt: null }
  const begun = Math.floor(Date.now() / 1000) - 60
  const presented = { userId, sessionId: own.sessionId, generation: 0, begun, ...key, ...given.presented }
  const old = given.old === null ? null : { jti: own.jti, externalId: owner.externalId, ...given.old }
  const client = { ip: null, userAgent: 'test/1', device: DEVICE, event: newEvent() }
  const limits = { verifiedOnly: true, idleSeconds: 60, lifetimeSeconds: DAY_SECONDS }
  const answer = await exchangeSession(test.ctx.db, test.ctx.clock, {
    ...{ presented, old, ...client, ...limits },
    ...given.exchange,
  })
  for (const { sessionId } of waiting)
    expect(await read(sessionId)).toMatchObject([{ generation: 0, state: 'waiting' }])
  return { answer, named: own }
}

const read = (sessionId: SessionId) => test.database.sql`
  select generation, state, browser, user_agent, rotation_key from sessions, imported_sessions
  where id = ${sessionId} and session_id = id`

describe('exchangeSession', () => {
  it('gives a session that waits its first generation, its device and the key of the caller', async () => {
    const { answer, named } = await exchange({})
    expect(answer).toMatchObject({ sessionId: named.sessionId, generation: 1 })
    const [row] = await read(named.sessionId)
    expect(row).toMatchObject({ generation: 1, state: 'exchanged', browser: 'Firefox', user_agent: 'test/1' })
    expect(row?.rotation_key).not.toBeNull()
  })

  it('repeats a lost exchange for a token of ours, whose generation it gets, without a key', async () => {
    const given = { old: null, presented: { generation: 3 }, session: { idle_expires_at: inSeconds(-1) } }
    const { answer, named } = await exchange({ ...given, imported: { source: 'open' } })
    expect(answer).toMatchObject({ generation: 3 })
    expect(await read(named.sessionId)).toMatchObject([{ generation: 3, rotation_key: null }])
  })

  it('keeps the device for a program without a name', async () => {
    const { named } = await exchange({ exchange: { userAgent: null } })
    expect(await read(named.sessionId)).toMatchObject([
      { generation: 1, browser: 'Safari', user_agent: null },
    ])
  })

  it.each(
    Object.entries<Case>({
      'of an address that need not be verified': {
        user: { email_verified: false },
        exchange: { verifiedOnly: false },
      },
      'without a longest life': { exchange: { lifetimeSeconds: null }, presented: { begun: 0 } },
    }),
  )('exchanges a token: %s', async (_, given) => {
    expect((await exchange(given)).answer).toMatchObject({ generation: 1 })
  })

  it.each(
    Object.entries<Case>({
      'of another user': { isOfAnother: true },
      'of a session that the import gave another user': { imported: { user_id: newId() } },
      'of another id that other services know': { old: { externalId: '17' } },
      'that was replaced at the source': { old: { jti: 'former' } },
      'of an import without a final run': { imported: { source: 'open' } },
      'of a deactivated user': { user: { is_active: false } },
      'of an address that must be verified and is not': { user: { email_verified: false } },
      'of a session that has its first generation': { session: { generation: 1 } },
      'after the idle end': { session: { idle_expires_at: inSeconds(-1) } },
      'after the longest life': { presented: { begun: 0 } },
    }),
  )('exchanges no token: %s', async (_, given) => {
    expect((await exchange(given)).answer).toBeNull()
  })

  it('exchanges no token of another user for a token of ours', async () => {
    expect((await exchange({ old: null, isOfAnother: true })).answer).toBeNull()
  })
})

describe('findImportedSession', () => {
  it('finds the session that is named, for its user', async () => {
    const owner = await addOwner()
    const own = await addWaiting(owner.userId, {})
    await addWaiting(owner.userId, {})
    const find = (changes: object) => findImportedSession(test.ctx.db, { ...owner, ...own, ...changes })
    expect(await find({})).toEqual({ userId: own.userId, jti: own.jti })
    expect(await find({ externalId: '17' })).toBeNull()
    expect(await find({ sessionId: newId() })).toBeNull()
  })

  it('finds none of an import without a final run', async () => {
    const owner = await addOwner()
    const own = await addWaiting(owner.userId, { imported: { source: 'open' } })
    expect(await findImportedSession(test.ctx.db, { ...owner, ...own })).toBeNull()
  })
})
