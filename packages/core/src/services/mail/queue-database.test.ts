import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import type { PgBoss } from 'pg-boss'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectStatements, UNDERSTOOD, type Way } from '../../../tests/support/mail-statements.ts'
import { type DatabaseConnection, openDatabase } from '../../database/connection.ts'
import { FAILED_QUEUE, MAIL_QUEUE, openQueue } from './queue.ts'
import { createQueueDatabase } from './queue-database.ts'

let database: TestDatabase
let connection: DatabaseConnection
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  connection = openDatabase({ url: database.url, poolSize: 4, prepare: true })
})
afterEach(async () => {
  await connection.close()
  await database.drop()
})

/** Brings jobs to every end state, by direct calls and by a worker. */
async function settleJobs(boss: PgBoss): Promise<void> {
  const ends = ['completed', 'failed', 'deadletter', 'thrown'] as const
  for (const end of ends) await boss.send(MAIL_QUEUE, { end })
  const [first] = await boss.fetch<{ end: string }>(MAIL_QUEUE)
  await boss.touch(MAIL_QUEUE, first?.id ?? '')
  await boss.fail(MAIL_QUEUE, first?.id ?? '', { reason: 'put back' })
  const options = { perJobResults: true, pollingIntervalSeconds: 0.5 } as const
  await boss.work<{ end: (typeof ends)[number] }>(MAIL_QUEUE, options, async (jobs) =>
    jobs.map(({ id, data }) => {
      if (data.end === 'thrown') throw new Error('no result at all')
      return { id, status: data.end, output: { reason: data.end } }
    }),
  )
  const findUntouched = () =>
    database.sql`select 1 from latchkey_mail.job where name = ${MAIL_QUEUE} and state in ('created', 'active')`
  await expect.poll(findUntouched).toEqual([])
}

describe('a statement of pg-boss', () => {
  it('is of a known kind when pg-boss installs, sends, fetches, settles, retries and cleans up', async () => {
    const troubles: string[] = []
    const complain = ({ message }: { message: string }) => void troubles.push(message)
    const ways = new Set<Way>()
    const sql = inspectStatements(connection.sql, ways)
    // The second call finds the tables of the first, like a second server.
    const boss = await openQueue({ sql, complain, install: true, supervise: false })
    const other = await openQueue({ sql, complain, install: true, supervise: true })
    await settleJobs(boss)
    expect(await boss.findJobs(FAILED_QUEUE)).toHaveLength(1)
    expect(await boss.redrive(FAILED_QUEUE)).toBe(1)
    await other.supervise()
    await other.supervise(MAIL_QUEUE)
    await boss.stop({ close: false })
    await other.stop({ close: false })
    expect(troubles).toEqual([])
    expect([...ways].sort()).toEqual(Object.keys(UNDERSTOOD).sort())
  })

  it.each([
    ['BEGIN; DELETE FROM latchkey_mail.job; COMMIT', 'A new kind of statement, alone: begin'],
    ['LISTEN pgboss', 'A new kind of statement, alone: listen'],
    ['select 1; select 2', 'Several statements alone'],
    ['select pg_advisory_lock(1)', 'A statement that needs a session'],
  ])('of another kind is refused by the inspection: %s', async (text, name) => {
    const queueDatabase = createQueueDatabase(inspectStatements(connection.sql, new Set()))
    await expect(queueDatabase.executeSql(text)).rejects.toThrow(name)
  })
})

describe('a transaction sent as one text', () => {
  const sendAll = (...statements: string[]) =>
    createQueueDatabase(connection.sql).executeSql(`\n BEGIN;\n${statements.join(';\n')};\n COMMIT;\n`)

  it('returns the rows of all its statements', async () => {
    const { rows } = await sendAll('set local lock_timeout = 30000', 'select 1 one', 'select 2 two')
    expect(rows).toEqual([{ one: 1 }, { two: 2 }])
  })

  it('is rolled back when it fails, and returns its connection', async () => {
    await database.sql`create table things (name text)`
    // There are more rounds than connections.
    for (let time = 1; time <= 5; time++) {
      await expect(sendAll("insert into things values ('a')", 'select 1 / 0')).rejects.toThrow(
        'division by zero',
      )
    }
    expect(await database.sql`select * from things`).toEqual([])
    expect((await sendAll('select 1 one')).rows).toEqual([{ one: 1 }])
  })
})
