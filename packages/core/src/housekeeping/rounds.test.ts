import { createTestCore, type TestCore } from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../tests/support/rows.ts'
import type { UserId } from '../words/ids.ts'
import { DAY_SECONDS, MINUTE_SECONDS } from '../words/time.ts'
import { endExcess } from './end-excess.ts'
import { listWalks } from './list-walks.ts'
import { createProgress } from './progress.ts'
import { readOverdue } from './read-overdue.ts'
import { purge, runRound } from './run-round.ts'
import { startHousekeeping } from './start-housekeeping.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())
beforeEach(async () => {
  for (const table of ['leases', 'sweeps', 'users'])
    await test.database.sql`delete from ${test.database.sql(table)}`
})
afterEach(async () => {
  vi.useRealTimers()
  await test.database.sql`drop function if exists meddle cascade`
})

const options = () => ({ ...test.ctx, auditRetentionSeconds: DAY_SECONDS })

/** Runs a statement whenever a sweep begins. */
async function meddle(statement: string): Promise<void> {
  await test.database.sql.unsafe(`
    create function meddle() returns trigger language plpgsql as 'begin ${statement}; return new; end';
    create trigger meddle before insert on sweeps for each row execute function meddle()`)
}

describe('a round', () => {
  it('ends when another process has taken over', async () => {
    await meddle('update leases set holder = gen_random_uuid()')
    expect(await runRound(options())).toMatchObject([{ end: 'taken over' }])
  })

  it('ends when the process ends', async () => {
    expect(await runRound(options(), { signal: AbortSignal.abort() })).toMatchObject([{ end: 'paused' }])
  })

  it('is refused while another process is at it', async () => {
    await rows.insert('leases', { name: 'housekeeping', holder: newId(), held_until: inSeconds(60) })
    await expect(purge(options())).rejects.toThrow('Another process does the housekeeping now.')
  })

  it('throws what went wrong', async () => {
    await meddle('raise exception $$no room$$')
    await expect(purge(options())).rejects.toMatchObject({ cause: { message: 'no room' } })
  })
})

describe('the housekeeping of a process', () => {
  const begin = async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const stop = startHousekeeping(options())
    const lock = await test.database.sql.reserve()
    await lock`begin`
    await lock`lock table sweeps`
    vi.advanceTimersByTime(5 * MINUTE_SECONDS * 1000)
    await test.database.waitForBlocked()
    const free = async () => {
      await lock`commit`
      lock.release()
    }
    return { stop, free }
  }

  it('stops after the batch under way, and begins no other one', async () => {
    const { stop, free } = await begin()
    const order: string[] = []
    const stopped = stop().then(() => order.push('stopped'))
    await new Promise(setImmediate)
    order.push('freed')
    await free()
    await stopped
    expect(order).toEqual(['freed', 'stopped'])
    expect(vi.getTimerCount()).toBe(0)
    expect(await test.database.sql`select name from sweeps`).toHaveLength(1)
  })
})

describe('endExcess', () => {
  const KEEP = 1
  const end = (place = { after: null, rows: 1000 }) =>
    test.ctx.db.transaction(async (tx) => {
      const page = await endExcess(tx, { clock: test.ctx.clock, keep: KEEP, place })
      const free = await test.database.sql`select id from users for update skip locked`
      return { page, free: free.map(({ id }) => id) }
    })
  const addUsers = async (count: number) => {
    const ids: UserId[] = []
    for (let n = 0; n < count; n++) {
      const id = await rows.addUser()
      ids.push(id)
      for (let session = 0; session <= KEEP; session++) await rows.addSession(id)
    }
    return ids.sort()
  }

  it('locks the users whose sessions it ends', async () => {
    const [own] = await addUsers(1)
    const other = await rows.addUser()
    expect(await end()).toEqual({ page: { examined: 2, purged: 1, last: [own] }, free: [other] })
  })

  it('goes on behind the last of 20 users', async () => {
    const ids = await addUsers(21)
    expect((await end()).page).toEqual({ examined: 1000, purged: 20, last: [ids[19]] })
  })

  it('comes to its end without sessions', async () => {
    expect((await end()).page).toEqual({ examined: 0, purged: 0, last: null })
  })
})

it('the chores of a round have time, and do their work', async () => {
  const chores = listWalks(options()).filter(({ isPatient }) => isPatient)
  expect(chores.map(({ name }) => name)).toEqual(['former_notes', 'late_addresses'])
  const id = await rows.addUser({ email: 'ada@bücher.example', updated_at: new Date() })
  for (const { work } of chores) await test.ctx.db.transaction((tx) => work(tx, { after: null, rows: 1 }))
  const [user] = await test.database.sql`select email from users where id = ${id}`
  expect(user).toEqual({ email: 'ada@xn--bcher-kva.example' })
})

describe('what a sweep tells the operator', () => {
  const told: string[] = []
  const log = pino({}, { write: (line: string) => void told.push(JSON.parse(line).end) })
  beforeEach(() => void told.splice(0))

  it.each([
    ['deleted rows', 1, 'complete', ['complete']],
    ['no end', 0, 'paused', ['paused']],
    ['nothing to delete', 0, 'complete', []],
  ] as const)('is its end, with %s', (_, purged, end, lines) => {
    const progress = createProgress('sessions', log)
    progress.add({ examined: 1, purged })
    progress.close(end, null)
    expect(told).toEqual(lines)
  })

  it('is how it goes on, each minute', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const progress = createProgress('sessions', log)
    for (const seconds of [59, 1, 1]) {
      vi.advanceTimersByTime(seconds * 1000)
      progress.add({ examined: 1, purged: 0 })
    }
    expect(told).toEqual(['under way'])
  })
})

it('what is overdue names the mails of the queue, when there is one', async () => {
  const tablesWith = async (jobs: Awaited<ReturnType<typeof test.ctx.outbox.countDueJobs>>) => {
    const outbox = { ...test.ctx.outbox, countDueJobs: async () => jobs }
    const found = await readOverdue({ ...options(), outbox })
    return found.map(({ table }) => table).filter((table) => table === 'job')
  }
  expect(await tablesWith(null)).toEqual([])
  expect(await tablesWith({ due: 0, examined: 0, oldestDueSeconds: null })).toEqual(['job'])
})
