import {
  createTestCore,
  createTestDatabase,
  openQuietProxy,
  type Person,
  readClaims,
  signUp,
  type TestCore,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import pino from 'pino'
import type postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findSqlState } from '../src/database/transaction.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { restartGrace } from '../src/tables/sessions/restart-grace.ts'
import type { SessionId, UserId } from '../src/words/ids.ts'
import { type RecordingWatch, recordWatch } from './support/recording-watch.ts'
import { connectOperator, demandStandby, findWaiting, setStandby, takeTurn } from './support/standby.ts'

const POOL = { poolSize: 10, deadlineMilliseconds: 2000 }
/** For tests that must see a wait before it is given up. */
const SLOW_POOL = { ...POOL, deadlineMilliseconds: 5000 }
/** For tests whose work is never given up. */
const PATIENT_POOL = { ...POOL, deadlineMilliseconds: 60_000 }
/** So short that the wait of a commit counts. */
const GRACE_SECONDS = 10
const CLIENTS = 8

let database: TestDatabase
/** Commits without waiting for a standby. */
let operator: postgres.Sql
let test: TestCore
let logged: string[]
let watch: RecordingWatch
beforeEach(takeTurn)
beforeEach(async () => {
  logged = []
  watch = recordWatch()
  database = await createTestDatabase()
  operator = connectOperator(database.url)
})
afterEach(async () => {
  await setStandby(operator, database.url, '')
  await test.close()
  await operator.end()
  await database.drop()
})

/** Opens the domain, whose commits wait for the standbys that PostgreSQL is told of. */
async function openCore({ url = database.url, pool = POOL } = {}): Promise<void> {
  await demandStandby(operator)
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  test = await createTestCore({
    database: { ...database, url },
    pool,
    log,
    watch,
    config: { refreshGraceSeconds: GRACE_SECONDS },
  })
}

const signUpMany = () => Promise.all(Array.from({ length: CLIENTS }, () => signUp(test.ctx)))
const refresh = ({ tokens }: Person) => refreshSession(test.ctx, { refresh: tokens.refresh })

/** Refreshes every session, and returns the generation or the code of the fault of each. */
function refreshAll(people: Person[]): Promise<unknown[]> {
  return Promise.all(
    people.map((person) =>
      refresh(person).then((tokens) => readClaims(tokens.refresh).generation, findSqlState),
    ),
  )
}

const all = <T>(value: T): T[] => Array.from({ length: CLIENTS }, () => value)

async function isEachGenerationTwo(): Promise<boolean> {
  const rows = await operator`select 1 from sessions where generation <> 2`
  return rows.length === 0
}

const readTime = async () => (await operator`select clock_timestamp()::text as time`)[0]?.time as string

/** Waits until each grace is counted from the end of a wait, and not from the moment the row was written. */
async function waitForGraces(sentAt: string): Promise<void> {
  await waitUntil(async () => {
    const early = await operator`
      select 1 from sessions
      where generation <> 2 or rotated_at < ${sentAt}::timestamptz + interval '1.7 seconds'`
    return early.length === 0
  }, 'each grace to start at the end of the wait')
}

describe('honest clients whose rotation waited behind a lock', () => {
  it('for longer than the deadline lose no session: nothing of it is written later', async () => {
    await openCore()
    const people = await signUpMany()
    const holder = await operator.reserve()
    await holder`begin`
    await holder`select 1 from sessions for update`
    for (const code of await refreshAll(people)) expect(['57014', 'CONNECT_TIMEOUT']).toContain(code)
    await waitUntil(async () => (await findBlocked()) === 0, 'the rotations to be cancelled')
    await holder`commit`
    holder.release()
    test.clock.seconds += GRACE_SECONDS + 1
    expect(await refreshAll(people)).toEqual(all(2))
  })

  it('for less than that have the whole grace, counted from the moment the row was written', async () => {
    await openCore({ pool: PATIENT_POOL })
    const people = await signUpMany()
    const holder = await operator.reserve()
    await holder`begin`
    await holder`select 1 from sessions for update`
    const answers = refreshAll(people)
    await waitUntil(async () => (await findBlocked()) === CLIENTS, 'the rotations to wait')
    const [freed] = await holder`select clock_timestamp()::text as at`
    await holder`commit`
    holder.release()
    expect(await answers).toEqual(all(2))
    const early = await operator`select 1 from sessions where rotated_at < ${freed?.at ?? ''}::timestamptz`
    expect(early).toHaveLength(0)
  })
})

async function findBlocked(): Promise<number> {
  const rows = await operator`select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`
  return rows.length
}

it('a grace is started anew also while the rotation is still becoming visible', async () => {
  await openCore({ pool: PATIENT_POOL })
  const person = await signUp(test.ctx)
  const [userId, sessionId] = [person.userId as UserId, person.sessionId as SessionId]
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const rotation = operator.begin(async (tx) => {
    await tx`update sessions set generation = 2, rotated_at = now() - interval '1 minute' where id = ${sessionId}`
    begun.resolve()
    await ended.promise
  })
  await begun.promise
  const restart = restartGrace(test.ctx.db, test.ctx.clock, { userId, sessionId, generation: 2 })
  await waitUntil(async () => {
    const waiting = await operator`select 1 from pg_stat_activity where wait_event_type = 'Lock'
      and datname = current_database()`
    return waiting.length === 1
  }, 'the restart to wait for the row')
  ended.resolve()
  await Promise.all([rotation, restart])
  const moved = await operator`select 1 from sessions where rotated_at > now() - interval '30 seconds'`
  expect(moved).toHaveLength(1)
})

describe('honest clients whose rotation waits for a standby that stopped', () => {
  it('may lose the answer: the wait is cancelled, and the grace starts when it ends', async () => {
    await openCore()
    const people = await signUpMany()
    await setStandby(operator, database.url, 'nobody')
    const sentAt = await readTime()
    // A starved machine may be too slow for the answer between the cancel request and the deadline.
    for (const answer of await refreshAll(people)) expect([2, 'CONNECT_TIMEOUT']).toContain(answer)
    await waitUntil(isEachGenerationTwo, 'the rotations to become visible without the standby')
    expect(logged.join('')).toContain('commit_unconfirmed')
    expect(watch.notes).toContainEqual(['commit_unconfirmed', {}])
    await setStandby(operator, database.url, '')
    await waitForGraces(sentAt)
    expect(await refreshAll(people)).toEqual(all(2))
  })

  it('keep their sessions when the answer was given up before the wait ended', async () => {
    await openCore({ pool: SLOW_POOL })
    const person = await signUp(test.ctx)
    await setStandby(operator, database.url, 'nobody')
    const sentAt = await readTime()
    const answer = refreshAll([person])
    await waitUntil(async () => (await findWaiting(operator)).length === 1, 'the commit to wait')
    const [frozen = 0] = await findWaiting(operator)
    process.kill(frozen, 'SIGSTOP')
    expect(await answer).toEqual(['CONNECT_TIMEOUT'])
    await setStandby(operator, database.url, '')
    process.kill(frozen, 'SIGCONT')
    await waitForGraces(sentAt)
    expect(await refreshAll([person])).toEqual([2])
  })

  it('keep their sessions when the connection was lost, so that nobody knows the outcome', async () => {
    const proxy = await openQuietProxy(database.url)
    await openCore({ url: proxy.url, pool: SLOW_POOL })
    const person = await signUp(test.ctx)
    await setStandby(operator, database.url, 'nobody')
    const sentAt = await readTime()
    const answer = refreshAll([person])
    await waitUntil(async () => (await findWaiting(operator)).length === 1, 'the commit to wait')
    proxy.isQuiet = true
    expect(await answer).toEqual(['CONNECT_TIMEOUT'])
    await setStandby(operator, database.url, '')
    await waitUntil(isEachGenerationTwo, 'the commit')
    proxy.isQuiet = false
    await waitUntil(() => test.core.isReady(), 'the pool to recover')
    await waitForGraces(sentAt)
    expect(await refreshAll([person])).toEqual([2])
    await proxy.close()
  })
})
