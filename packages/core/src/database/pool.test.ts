import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, openQuietProxy, type TestDatabase, waitUntil } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DatabaseConnection, type DatabaseOptions, openDatabase } from './connection.ts'
import { findSilence } from './deadline.ts'
import { findSqlState, transaction } from './transaction.ts'

const SIZE = 3
const DEADLINE_MILLISECONDS = 1500

let database: TestDatabase
/** Sends nothing over the pool, and is not counted. */
let watcher: postgres.Sql
let connection: DatabaseConnection
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  watcher = postgres(database.url, {
    max: 2,
    connection: { application_name: 'watcher' },
    onnotice: () => {},
  })
  await watcher`create table things (name text)`
  connection = open()
})
afterEach(async () => {
  await connection.close()
  await watcher.end()
  await database.drop()
})

function open(changes: Partial<DatabaseOptions> = {}): DatabaseConnection {
  const own = { url: database.url, poolSize: SIZE, prepare: true }
  return openDatabase({ ...own, deadlineMilliseconds: DEADLINE_MILLISECONDS, ...changes })
}

async function findBackends(): Promise<number[]> {
  const rows = await watcher`
    select pid from pg_stat_activity
    where datname = current_database() and application_name <> 'watcher' and backend_type = 'client backend'`
  return rows.map(({ pid }) => pid)
}

/** Counts backends until something is done, and returns the highest count. */
async function countWhile(work: Promise<unknown>): Promise<number> {
  let isOver = false
  let most = 0
  const end = work.finally(() => {
    isOver = true
  })
  while (!isOver) {
    most = Math.max(most, (await findBackends()).length)
    await sleep(20)
  }
  await end
  return most
}

const insert = (name: string) => connection.db.execute(sql`insert into things values (${name})`)
const findNames = async () => (await watcher`select name from things order by 1`).map(({ name }) => name)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => findSqlState(error),
  )
const isAnswered = () => connection.db.execute(sql`select 1`).then(Boolean, () => false)

/** Work was given up: usually the caller learns that it was cancelled, on a starved machine that nothing was heard. */
function expectGivenUp(codes: unknown[]): void {
  for (const code of codes) expect(['57014', 'CONNECT_TIMEOUT']).toContain(code)
}

const findBlocked = () => watcher`
  select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

/** Keeps the table locked during work, and until no statement of the work waits for it any more. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  const holder = await watcher.reserve()
  await holder`begin`
  await holder`lock table things`
  try {
    const result = await work()
    await waitUntil(async () => (await findBlocked()).length === 0, 'the statements to be cancelled')
    return result
  } finally {
    await holder`rollback`
    holder.release()
  }
}

/** Freezes backends during work, as a machine does whose disk hangs. */
async function whileFrozen<T>(pids: number[], work: () => Promise<T>): Promise<T> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    return await work()
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
}

/** Opens every connection of the pool. On a slow machine one connection may serve two calls before the last one is open. */
async function fill(size = SIZE): Promise<void> {
  do await Promise.all(Array.from({ length: size }, () => connection.db.execute(sql`select pg_sleep(0.2)`)))
  while ((await findBackends()).length < size)
}

describe('work that is given up', () => {
  it('is cancelled in PostgreSQL: it writes nothing after its lock is free', async () => {
    const codes = await whileLocked(async () => {
      const alone = codeOf(insert('alone'))
      const within = codeOf(
        transaction(connection.db, (tx) => tx.execute(sql`insert into things values ('tx')`)),
      )
      return Promise.all([alone, within])
    })
    expectGivenUp(codes)
    await insert('later')
    expect(await findNames()).toEqual(['later'])
  })

  it('is cancelled at the host that was reached, although the address names another one first', async () => {
    const { host } = new URL(database.url)
    const second = open({ url: database.url.replace(`@${host}`, `@127.0.0.1:1,${host}`) })
    const code = await codeOf(
      transaction(second.db, async (tx) => {
        await tx.execute(sql`set local statement_timeout = 0`)
        await tx.execute(sql`select pg_sleep(3600) as endless`)
      }),
    )
    expectGivenUp([code])
    const findEndless = () => watcher`select 1 from pg_stat_activity
      where datname = current_database() and state = 'active' and query like '%as endl' || 'ess' and pid <> pg_backend_pid()`
    await waitUntil(async () => (await findEndless()).length === 0, 'the statement to be cancelled')
    await second.close()
  })

  it('between two statements of a transaction is rolled back', async () => {
    const slow = transaction(connection.db, async (tx) => {
      await tx.execute(sql`insert into things values ('slow')`)
      await sleep(DEADLINE_MILLISECONDS * 1.2)
    })
    await expect(slow).rejects.toThrow('did not answer in time')
    await expect.poll(isAnswered).toBe(true)
    expect(await findNames()).toEqual([])
  })

  it('does not cancel the next statement of its connection', async () => {
    await connection.close()
    connection = open({ poolSize: 1 })
    const codes = await whileLocked(async () => {
      const blocked = Array.from({ length: 2 }, (_, index) => codeOf(insert(`blocked ${index}`)))
      return Promise.all(blocked)
    })
    expectGivenUp(codes)
    for (let time = 1; time <= 5; time++) expect(await codeOf(insert(`next ${time}`))).toBe('done')
  })

  it('by a backend that was frozen may still be done, and the silence says so when it ends', async () => {
    await connection.close()
    connection = open({ poolSize: 1 })
    await fill(1)
    const error = await whileFrozen(await findBackends(), () =>
      insert('late').then(String, (thrown) => thrown),
    )
    expect(await findSilence(error)?.outcome).toBe('done')
    expect(await findNames()).toEqual(['late'])
  })
})

describe('a pool never has more backends than its size', () => {
  it('while a table is locked and callers come again and again', async () => {
    const storm = whileLocked(async () => {
      for (let round = 1; round <= 2; round++) {
        await Promise.all(Array.from({ length: 4 * SIZE }, () => codeOf(insert('storm'))))
      }
    })
    expect(await countWhile(storm)).toBe(SIZE)
    await insert('after')
    expect(await findNames()).toEqual(['after'])
  })

  it('while no byte passes, and recovers', async () => {
    await connection.close()
    const proxy = await openQuietProxy(database.url)
    connection = open({ url: proxy.url })
    await fill()
    const storm = async () => {
      proxy.isQuiet = true
      for (let round = 1; round <= 2; round++) {
        await Promise.all(Array.from({ length: 4 * SIZE }, () => codeOf(insert('storm'))))
      }
      proxy.isQuiet = false
      await waitUntil(isAnswered, 'the pool to recover')
      await Promise.all(Array.from({ length: 4 * SIZE }, () => codeOf(insert('after'))))
    }
    expect(await countWhile(storm())).toBe(SIZE)
    await proxy.close()
  })

  it('while one backend is frozen, and the others serve', async () => {
    await fill()
    const [frozen] = await findBackends()
    const storm = whileFrozen([frozen ?? 0], async () => {
      const first = await Promise.all(Array.from({ length: SIZE }, () => codeOf(insert('first'))))
      expect(first.filter((code) => code !== 'done')).toHaveLength(1)
      const codes = await Promise.all(Array.from({ length: 9 }, () => codeOf(insert('second'))))
      expect(new Set(codes)).toEqual(new Set(['done']))
    })
    expect(await countWhile(storm)).toBe(SIZE)
  })

  it('except for one probe when all are frozen', async () => {
    await fill()
    const storm = whileFrozen(await findBackends(), async () => {
      await Promise.all(Array.from({ length: 2 * SIZE }, () => codeOf(insert('first'))))
      await waitUntil(isAnswered, 'the probe to answer')
      expect(await findBackends()).toHaveLength(SIZE + 1)
      const codes = await Promise.all(Array.from({ length: 9 }, () => codeOf(insert('second'))))
      expect(new Set(codes)).toEqual(new Set(['done']))
    })
    expect(await countWhile(storm)).toBeLessThanOrEqual(SIZE + 1)
    await expect.poll(async () => (await findBackends()).length).toBeLessThanOrEqual(SIZE)
  })
})

describe('a role whose connection limit is below the size of the pool', () => {
  const role = `limited_${crypto.randomUUID().slice(0, 8)}`
  afterEach(() => watcher.unsafe(`drop owned by ${role}; drop role ${role}`))

  it('serves every caller over fewer connections', async () => {
    await watcher.unsafe(
      `create role ${role} login password 'x' connection limit 2; grant all on things to ${role}`,
    )
    await connection.close()
    connection = open({
      url: Object.assign(new URL(database.url), { username: role, password: 'x' }).href,
      poolSize: 10,
      deadlineMilliseconds: 60_000,
    })
    const calls = Array.from({ length: 60 }, (_, index) => codeOf(insert(`${index}`)))
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['done']))
  })

  it('refuses a caller only when there is no connection at all', async () => {
    await watcher.unsafe(`create role ${role} login password 'x' connection limit 0`)
    await connection.close()
    connection = open({ url: Object.assign(new URL(database.url), { username: role, password: 'x' }).href })
    expect(await codeOf(insert('none'))).toBe('53300')
  })
})
