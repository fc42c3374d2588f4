import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DatabaseConnection, type DatabaseOptions, openDatabase } from './connection.ts'
import { transaction } from './transaction.ts'

let empty: TestDatabase
let connections: DatabaseConnection[]
beforeEach(async () => {
  empty = await createTestDatabase({ empty: true })
  connections = []
})
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()))
  await empty.drop()
})

function optionsOf(changes: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return { url: empty.url, poolSize: 3, prepare: true, ...changes }
}

function open(changes: Partial<DatabaseOptions> = {}): DatabaseConnection {
  const connection = openDatabase(optionsOf(changes))
  connections.push(connection)
  return connection
}

async function setDefaultIsolation(level: string): Promise<void> {
  const name = new URL(empty.url).pathname.slice(1)
  await empty.sql.unsafe(`alter database ${name} set default_transaction_isolation = '${level}'`)
}

describe('isolation', () => {
  it('is read committed for statements and transactions, whatever the database defaults to', async () => {
    await setDefaultIsolation('serializable')
    const { db } = open()
    const read = sql`select current_setting('transaction_isolation') level`
    expect((await db.execute(read))[0]).toEqual({ level: 'read committed' })
    expect(await transaction(db, async (tx) => (await tx.execute(read))[0])).toEqual({
      level: 'read committed',
    })
    const pooled = open({ prepare: false })
    expect(await transaction(pooled.db, async (tx) => (await tx.execute(read))[0])).toEqual({
      level: 'read committed',
    })
  })
})

describe('a statement', () => {
  /** What one connection has prepared after the same query ran outside and inside a transaction. */
  async function listPrepared(prepare: boolean): Promise<string[]> {
    const { db, sql: client } = open({ prepare, poolSize: 1 })
    for (const answer of [1, 2, 3]) {
      expect((await db.execute(sql`select ${answer}::int answer`))[0]).toEqual({ answer })
      await transaction(db, async (tx) => {
        expect((await tx.execute(sql`select ${answer}::int + 1 answer`))[0]).toEqual({ answer: answer + 1 })
        await tx.transaction((inner) => inner.execute(sql`select ${answer}::int + 2 answer`))
      })
    }
    const rows = await client.unsafe(
      "select statement from pg_prepared_statements where statement like 'select $1%' order by length(statement), 1",
    )
    return rows.map((row) => row.statement)
  }

  it('is parsed and planned once a connection, also in transactions', async () => {
    const added = ['', ' + 1', ' + 2']
    expect(await listPrepared(true)).toEqual(added.map((plus) => `select $1::int${plus} answer`))
  })

  it('of the mail queue or the counters is prepared as well', async () => {
    const { sql: client } = open({ poolSize: 1 })
    const statement = 'select $1::int own'
    for (const own of [1, 2]) expect(await client.unsafe(statement, [own])).toEqual([{ own }])
    const find = 'select 1 from pg_prepared_statements where statement = $1'
    expect(await client.unsafe(find, [statement])).toHaveLength(1)
  })

  it('is never prepared behind a transaction pooler', async () => {
    expect(await listPrepared(false)).toEqual([])
  })
})

describe('closing', () => {
  it('lets a running statement finish', async () => {
    const { db, close } = openDatabase(optionsOf())
    const holder = await empty.sql.reserve()
    await holder`select pg_advisory_lock(1)`
    const running = (async () => db.execute(sql`select pg_advisory_lock(1), 42 answer`))()
    await empty.waitForBlocked()
    const closed = close()
    await holder`select pg_advisory_unlock(1)`
    holder.release()
    await closed
    expect((await running)[0]).toMatchObject({ answer: 42 })
    await expect(db.execute(sql`select 1`)).rejects.toThrow()
  })
})
