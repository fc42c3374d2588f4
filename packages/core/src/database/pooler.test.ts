import { createTestDatabase, startPgBouncer, waitUntil } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openDatabase } from './connection.ts'
import { transaction } from './transaction.ts'

it('work that is given up is cancelled behind PgBouncer too, also what waits in its queue', async () => {
  const database = await createTestDatabase({ empty: true })
  await database.sql`create table things (name text)`
  const pooler = await startPgBouncer(database.url, { poolSize: 2 })
  const { db, close } = openDatabase({
    url: pooler.url,
    poolSize: 6,
    prepare: false,
    deadlineMilliseconds: 1500,
  })
  const holder = await database.sql.reserve()
  await holder`begin`
  await holder`lock table things`
  const insert = (name: string) => db.execute(sql`insert into things values (${name})`)
  const within = transaction(db, (tx) => tx.execute(sql`insert into things values ('in a transaction')`))
  const given = await Promise.allSettled([...Array.from({ length: 6 }, () => insert('alone')), within])
  expect(given.map(({ status }) => status)).toEqual(given.map(() => 'rejected'))
  const findBlocked = () => database.sql`
    select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await waitUntil(async () => (await findBlocked()).length === 0, 'the statements to be cancelled')
  await holder`rollback`
  holder.release()
  await waitUntil(() => db.execute(sql`select 1`).then(Boolean, () => false), 'the pool to recover')
  await insert('after')
  expect(await database.sql`select name from things`).toEqual([{ name: 'after' }])
  await close()
  await pooler.close()
  await database.drop()
})
