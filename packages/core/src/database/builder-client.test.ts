import { createTestDatabase } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { pgTable, text } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { expect, it } from 'vitest'
import { createBuilderClient } from './builder-client.ts'
import { openClient } from './connection.ts'
import { describeLimits, OPERATION_MILLISECONDS } from './deadline.ts'
import { createLane } from './lane.ts'
import { keepPool } from './pool.ts'

const things = pgTable('things', { name: text() })

/** Notes by which names an object is asked, and the objects that its transactions are given. */
function spyOn<T extends object>(object: T, asked: Set<string>): T {
  return new Proxy(object, {
    get(target, name) {
      asked.add(String(name))
      const member: unknown = Reflect.get(target, name)
      if (name !== 'begin' && name !== 'savepoint') return member
      const start = member as (work: (tx: object) => unknown) => unknown
      return (work: (tx: object) => unknown) => start((tx) => work(spyOn(tx, asked)))
    },
  })
}

it('has all that the query builder asks for, and the query builder asks for nothing else', async () => {
  const database = await createTestDatabase({ empty: true })
  const options = { url: database.url, poolSize: 1, prepare: true }
  const pool = keepPool({
    open: () => openClient(options),
    poolSize: 1,
    isDirect: true,
    openMilliseconds: 5000,
  })
  const limits = describeLimits(OPERATION_MILLISECONDS).operation
  const lane = createLane(pool, { limits, transactionTimeout: null, needsTransaction: () => false })
  const asked = new Set<string>()
  const client = spyOn(createBuilderClient(lane), asked) as unknown as postgres.Sql
  const db = drizzle({ client })
  try {
    await db.execute(sql`create table things (name text)`)
    expect(await db.insert(things).values({ name: 'a' }).returning()).toEqual([{ name: 'a' }])
    expect(await db.select().from(things).prepare('all_things').execute()).toEqual([{ name: 'a' }])
    expect(await db.$count(things)).toBe(1)
    const count = await db.transaction(async (tx) => {
      await tx.transaction((inner) => inner.update(things).set({ name: 'b' }))
      await tx.delete(things)
      return tx.$count(things)
    })
    expect(count).toBe(0)
    expect([...asked].sort()).toEqual(['begin', 'options', 'savepoint', 'unsafe'])
  } finally {
    await pool.close()
    await database.drop()
  }
})
