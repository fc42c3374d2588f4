import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createTestCore, startPgBouncer, type TestCore, waitUntil } from '@latchkey/testkit'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../src/database/clock.ts'
import type { HousekeepingOptions } from '../src/housekeeping/options.ts'
import { readOverdue } from '../src/housekeeping/read-overdue.ts'
import { LEASE_SECONDS, type RoundOptions, runRound } from '../src/housekeeping/run-round.ts'
import type { SweepOutcome } from '../src/housekeeping/sweep-outcome.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../src/words/time.ts'
import { listRows, storeRows } from './support/expired-rows.ts'

const CHILD = fileURLToPath(new URL('./support/housekeeping-process.ts', import.meta.url))
const DEADLINE_MILLISECONDS = 1500

let test: TestCore
beforeEach(async () => {
  test = await createTestCore()
})
afterEach(() => test.close())

/** One user has all the sessions of these tests. */
const SETTINGS = { auditRetentionSeconds: 365 * DAY_SECONDS, sessionsPerAccount: 10_000 }
const run = (options: Partial<HousekeepingOptions> = {}, how?: RoundOptions) =>
  runRound({ ...test.ctx, ...SETTINGS, ...options }, how)
const namesOf = (outcomes: SweepOutcome[] | null) => outcomes?.map(({ name }) => name)
const find = (outcomes: SweepOutcome[] | null, name: string) => outcomes?.find((one) => one.name === name)
const countPurged = async (name: string) =>
  Number((await test.database.sql`select purged from sweeps where name = ${name}`)[0]?.purged ?? 0)
const countSessions = async () => (await listRows(test.database, 'sessions')).length
const elsewhere = (seconds: number) => ({ clock: createClock({ seconds }) })

describe('within a short deadline', () => {
  let hasty: TestCore
  const lines: string[] = []
  beforeEach(async () => {
    lines.length = 0
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) })
    hasty = await createTestCore({
      log,
      database: test.database,
      pool: { deadlineMilliseconds: DEADLINE_MILLISECONDS },
    })
  })
  afterEach(() => hasty.close())
  const runHastily = (options: Partial<HousekeepingOptions> = {}) => run({ ...hasty.ctx, ...options })

  it('a table that another transaction keeps locked fails alone, is told in the log, and is gone through by the next round', async () => {
    await storeRows(test.database, 'sessions', { due: 3 })
    await storeRows(test.database, 'audit_events', { due: 3, kept: 1 })
    const holder = await test.database.sql.reserve()
    await holder`begin`
    await holder`lock table audit_events in access exclusive mode`
    const outcomes = await runHastily()
    expect(outcomes?.filter(({ end }) => end !== 'complete')).toMatchObject([
      { name: 'audit_events', end: 'failed', purged: 0 },
    ])
    expect(await countSessions()).toBe(0)
    const failures = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
    expect(failures).toMatchObject([{ event: 'housekeeping_failed', table: 'audit_events' }])
    await holder`rollback`
    holder.release()
    expect(await runHastily()).toMatchObject([{ name: 'audit_events', purged: 3, end: 'complete' }])
    expect(await listRows(test.database, 'audit_events')).toHaveLength(1)
  })

  it('a batch that takes longer is tried again with fewer rows, and all due rows go', async () => {
    await storeRows(test.database, 'audit_events', { due: 40, kept: 5 })
    await test.database.sql.unsafe(`
      create function linger() returns trigger language plpgsql as
        'begin perform pg_sleep(0.04); return old; end';
      create trigger linger before delete on audit_events for each row execute function linger()`)
    expect(find(await runHastily({ batchRows: 64 }), 'audit_events')).toMatchObject({
      purged: 40,
      end: 'complete',
      fault: null,
    })
    expect(await listRows(test.database, 'audit_events')).toHaveLength(5)
  })
})

describe('several processes', () => {
  it('that begin at once leave the round to one of them', async () => {
    await storeRows(test.database, 'sessions', { due: 300, kept: 5 })
    const rounds = await Promise.all(Array.from({ length: 6 }, () => run({ batchRows: 10 })))
    expect(rounds.filter((round) => find(round, 'sessions'))).toHaveLength(1)
    expect(await countPurged('sessions')).toBe(300)
    expect(await countSessions()).toBe(5)
  })

  it('of which one is in a long batch are not kept waiting: the others leave the round to it', async () => {
    await run()
    const holder = await test.database.sql.reserve()
    await holder`update leases set holder = gen_random_uuid(), held_until = now() + interval '1 minute'`
    await holder`begin`
    await holder`update leases set held_until = now() + interval '2 minutes'`
    expect(await run()).toBeNull()
    await holder`rollback`
    holder.release()
  })

  it('of which one is killed within a round lose nothing: another one goes on behind its last batch', async () => {
    await storeRows(test.database, 'sessions', { due: 3000, kept: 50 })
    const child = spawn(process.execPath, [CHILD, test.database.url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const ended = once(child, 'exit')
    await waitUntil(async () => (await countPurged('sessions')) > 50, 'some batches of the other process')
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
    const purged = await countPurged('sessions')
    expect(purged).toBe(3050 - (await countSessions()))
    expect(purged).toBeLessThan(3000)
    expect(await run()).toBeNull()
    const sessions = find(await run(elsewhere(LEASE_SECONDS + 1)), 'sessions')
    expect(sessions).toMatchObject({ purged: 3000 - purged, end: 'complete' })
    expect(sessions?.examined).toBeLessThanOrEqual(3050 - purged)
    expect(await countSessions()).toBe(50)
    expect(await countPurged('sessions')).toBe(3000)
  })

  it('of which one was frozen for longer than its lease do no batch at once: it stops at the next one', async () => {
    await storeRows(test.database, 'sessions', { due: 600, kept: 5 })
    const frozen = run({ batchRows: 5 })
    await waitUntil(async () => (await countPurged('sessions')) > 0, 'its first batch')
    const other = await run({ ...elsewhere(LEASE_SECONDS + 1), batchRows: 50 })
    expect((await frozen)?.at(-1)).toMatchObject({ name: 'sessions', end: 'taken over' })
    expect(find(other, 'sessions')).toMatchObject({ end: 'complete' })
    expect(await countPurged('sessions')).toBe(600)
    expect(await countSessions()).toBe(5)
  })

  it('of which one ends leave the rest of the round to the next one at once', async () => {
    await storeRows(test.database, 'sessions', { due: 600, kept: 5 })
    const ending = new AbortController()
    const round = run({ batchRows: 5 }, { signal: ending.signal })
    await waitUntil(async () => (await countPurged('sessions')) > 0, 'its first batch')
    ending.abort()
    expect((await round)?.at(-1)).toMatchObject({ name: 'sessions', end: 'paused' })
    expect(find(await run(), 'sessions')).toMatchObject({ end: 'complete' })
    expect(await countPurged('sessions')).toBe(600)
    expect(await countSessions()).toBe(5)
  })

  it('behind a pooler do the same, and leave no lock in a connection of it', async () => {
    const pooler = await startPgBouncer(test.database.url, { poolSize: 2 })
    const url = pooler.url
    const behind = await createTestCore({ database: { ...test.database, url }, prepare: false })
    await storeRows(test.database, 'sessions', { due: 60, kept: 5 })
    const options = { ...SETTINGS, batchRows: 10 }
    const rounds = await Promise.all([behind, test].map(({ ctx }) => runRound({ ...ctx, ...options })))
    expect(rounds.filter((round) => find(round, 'sessions'))).toHaveLength(1)
    expect(await countSessions()).toBe(5)
    expect(await run({}, { isForced: true })).not.toBeNull()
    await behind.close()
    await pooler.close()
  })
})

describe('a sweep', () => {
  it('rests for an hour after its end, the rare one for a day, also when the clock is put back', async () => {
    const all = namesOf(await run())
    expect(all).toContain('sessions')
    expect(await run(elsewhere(HOUR_SECONDS - MINUTE_SECONDS))).toEqual([])
    expect(namesOf(await run(elsewhere(-5 * MINUTE_SECONDS)))).toEqual(all)
    const hourly = namesOf(await run(elsewhere(HOUR_SECONDS)))
    expect(hourly).toEqual(all?.filter((name) => name !== 'excess_sessions'))
    expect(namesOf(await run(elsewhere(DAY_SECONDS)))).toEqual(all)
  })

  it('does its share, rests, and goes on where it stopped', async () => {
    await storeRows(test.database, 'sessions', { due: 250, kept: 10 })
    const options = { batchRows: 50, shareRows: 100 }
    const shares: (SweepOutcome | undefined)[] = []
    for (let hour = 0; hour < 3; hour++) {
      shares.push(find(await run({ ...options, ...elsewhere(hour * HOUR_SECONDS) }), 'sessions'))
      expect(await run({ ...options, ...elsewhere(hour * HOUR_SECONDS) })).toEqual([])
    }
    expect(shares.map((share) => [share?.examined, share?.end])).toEqual([
      [100, 'paused'],
      [100, 'paused'],
      [60, 'complete'],
    ])
    expect(await countSessions()).toBe(10)
  })
})

describe('a table that is too large for a share an hour', () => {
  /** A process looks every five minutes, so a share begins so long after the one before. */
  const TURN_SECONDS = HOUR_SECONDS + 5 * MINUTE_SECONDS

  it('is gone through within a day, time after time, and never counts as overdue', async () => {
    await storeRows(test.database, 'sessions', { kept: 240 })
    await test.database
      .sql`update sessions set idle_expires_at = now() + interval '9 days', absolute_expires_at = null`
    await test.database.sql`analyze sessions`
    const ends: number[] = []
    for (let seconds = 0; ends.length < 2; seconds += TURN_SECONDS) {
      const context = { ...test.ctx, ...SETTINGS, ...elsewhere(seconds) }
      expect((await readOverdue(context)).filter(({ isOverdue }) => isOverdue)).toEqual([])
      const outcomes = await run({ batchRows: 2, shareRows: 1, ...elsewhere(seconds) })
      if (find(outcomes, 'sessions')?.end === 'complete') ends.push(seconds)
    }
    expect(ends[0]).toBeGreaterThan(12 * HOUR_SECONDS)
    expect(ends[0]).toBeLessThan(DAY_SECONDS)
  })
})

describe('a position of a release with another key', () => {
  it('counts as none: the sweep begins anew', async () => {
    await storeRows(test.database, 'sessions', { due: 20, kept: 3 })
    await test.database
      .sql`insert into sweeps (name, position, began_at) values ('sessions', '["f", "g"]', now())`
    expect(find(await run(), 'sessions')).toMatchObject({ purged: 20, examined: 23, end: 'complete' })
  })
})

describe('a session that is refreshed meanwhile', () => {
  const refresh = (id: string) => test.database.sql`
    update sessions set idle_expires_at = now() + interval '1 day', absolute_expires_at = null where id = ${id} returning id`
  const listIds = async () => (await test.database.sql`select id from sessions`).map(({ id }) => String(id))

  it('stays, and the housekeeping does not wait for the refresh', async () => {
    await storeRows(test.database, 'sessions', { due: 3 })
    const [id = ''] = await listIds()
    const other = await test.database.sql.reserve()
    await other`begin`
    await other`update sessions set idle_expires_at = now() + interval '1 day', absolute_expires_at = null where id = ${id}`
    expect(find(await run(), 'sessions')).toMatchObject({ purged: 2, end: 'complete' })
    await other`commit`
    other.release()
    await run({}, { isForced: true })
    expect(await listIds()).toEqual([id])
  })

  it('is never deleted, whenever the refresh comes', async () => {
    await storeRows(test.database, 'sessions', { due: 400 })
    const ids = await listIds()
    const [, ...refreshed] = await Promise.all([
      run({ batchRows: 20 }),
      ...ids.filter((_, index) => index % 4 === 0).map((id) => refresh(id)),
    ])
    const answered = refreshed.flatMap((rows) => rows.map((row) => String(row.id)))
    expect((await listIds()).sort()).toEqual(answered.sort())
  })
})
