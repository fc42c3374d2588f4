import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../words/errors.ts'
import { type DatabaseConnection, openDatabase } from './connection.ts'
import { findSqlState, retryContended, transaction } from './transaction.ts'

let database: TestDatabase
let connection: DatabaseConnection
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  connection = openDatabase({ url: database.url, poolSize: 5, prepare: true })
  await database.sql`create table counters (name text primary key, value int not null default 0)`
})
beforeEach(async () => {
  await database.sql`delete from counters`
  await database.sql`insert into counters values ('a'), ('b')`
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

/** Fails with an SQLSTATE the first so many times. */
function failing(times: number, code: string) {
  let calls = 0
  const work = async () => {
    if (++calls <= times) throw new Error('wrapped', { cause: Object.assign(new Error('raw'), { code }) })
    return calls
  }
  return { work, calls: () => calls }
}

describe('a transaction', () => {
  it('is run again when PostgreSQL chose it as the victim of a deadlock', async () => {
    let attempts = 0
    let arrived = 0
    let letGo = () => {}
    const bothHoldOne = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let finish = () => {}
    const oneIsDone = new Promise<void>((resolve) => {
      finish = resolve
    })
    const count = (one: string, other: string) =>
      transaction(connection.db, async (tx) => {
        // The victim waits for the other one: it could be faster, and meet it again.
        if (++attempts > 2) await oneIsDone
        await tx.execute(sql`update counters set value = value + 1 where name = ${one}`)
        if (++arrived === 2) letGo()
        await bothHoldOne
        await tx.execute(sql`update counters set value = value + 1 where name = ${other}`)
      }).then(finish)
    await Promise.all([count('a', 'b'), count('b', 'a')])
    expect(attempts).toBe(3)
    expect(await database.sql`select * from counters order by name`).toEqual([
      { name: 'a', value: 2 },
      { name: 'b', value: 2 },
    ])
  })

  it('leaves nothing of what it threw away, and lets the refusal through', async () => {
    const refusal = new DomainError('not_found')
    const work = transaction(connection.db, async (tx) => {
      await tx.execute(sql`update counters set value = 99`)
      throw refusal
    })
    await expect(work).rejects.toBe(refusal)
    expect(await database.sql`select 1 from counters where value <> 0`).toHaveLength(0)
  })
})

describe('trying again', () => {
  it.each(['40P01', '40001'])('follows %s three times at most', async (code) => {
    expect(await retryContended(failing(3, code).work)).toBe(4)
    const hopeless = failing(9, code)
    await expect(retryContended(hopeless.work)).rejects.toThrow('wrapped')
    expect(hopeless.calls()).toBe(4)
  })

  it.each(['23505', '57014', '08006', 'CONNECTION_CLOSED'])('does not follow %s', async (code) => {
    const { work, calls } = failing(1, code)
    await expect(retryContended(work)).rejects.toThrow('wrapped')
    expect(calls()).toBe(1)
  })
})

describe('findSqlState', () => {
  it('finds the code of a real error through the query builder', async () => {
    const error = await connection.db.execute(sql`select * from nowhere`).catch((thrown: unknown) => thrown)
    expect(findSqlState(error)).toBe('42P01')
  })

  it('finds none where there is none', () => {
    for (const error of [
      new Error('x'),
      'x',
      null,
      undefined,
      { code: '40001' },
      new Error('x', { cause: 'y' }),
    ]) {
      expect(findSqlState(error)).toBeNull()
    }
  })
})
