import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, type DatabaseConnection, openDatabase } from './connection.ts'
import { findSqlState, transaction } from './transaction.ts'

// Without patches/postgres@3.4.9.patch each of these fails: see docs/decisions/011.

let database: TestDatabase
let connection: DatabaseConnection
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  await database.sql`create table things (name text)`
  connection = openDatabase({ url: database.url, poolSize: 1, prepare: true })
})
afterEach(async () => {
  await connection.close()
  await database.drop()
})

async function loseConnection(tx: Database): Promise<void> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() pid`)
  await database.sql`select pg_terminate_backend(${row?.pid ?? 0}, 10000)`
}

function insert(db: Database, name: string): Promise<unknown> {
  return db.execute(sql`insert into things values (${name})`)
}

const findNames = async () => (await database.sql`select name from things`).map(({ name }) => name)

/** Runs work in a transaction that is lost meanwhile, and waits for the work as well: it goes on after the refusal. */
async function runLost(work: (tx: Database) => Promise<void>): Promise<void> {
  const ends: Promise<void>[] = []
  const lost = transaction(connection.db, (tx) => {
    const end = loseConnection(tx).then(() => work(tx))
    ends.push(end.catch(() => undefined))
    return end
  })
  await expect(lost).rejects.toThrow()
  await Promise.all(ends)
}

/** Sends over the pool until it has another connection. */
async function insertBeside(name: string): Promise<void> {
  const insertOnce = () => insert(connection.db, name).then(Boolean, () => false)
  await expect.poll(insertOnce).toBe(true)
}

describe('a transaction that loses its connection', () => {
  it('is refused each statement that it goes on to send', async () => {
    const codes: (string | null)[] = []
    await runLost(async (tx) => {
      for (let times = 1; times <= 3; times++) {
        await insert(tx, 'after').catch((error: unknown) => codes.push(findSqlState(error)))
      }
    })
    // The first ones may meet the end of the connection itself.
    expect(codes).toHaveLength(3)
    expect(codes.at(-1)).toBe('CONNECTION_CLOSED')
    expect(await findNames()).toEqual([])
  })

  it('writes nothing on the connection that takes the place of the lost one', async () => {
    await runLost(async (tx) => {
      await insertBeside('beside')
      await insert(tx, 'outside')
    })
    expect(new Set(await findNames())).toEqual(new Set(['beside']))
  })

  it('leaves the pool usable', async () => {
    await runLost(async () => {})
    await insertBeside('next')
    expect(await findNames()).toContain('next')
  })
})
