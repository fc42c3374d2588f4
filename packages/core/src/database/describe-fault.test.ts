import { createTestDatabase, openTlsFront, type TestDatabase } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseConnection, openDatabase } from './connection.ts'
import { describeFault, summarizeFault } from './describe-fault.ts'

const SECRET = 'hush-hush@example.com'

let database: TestDatabase
let connection: DatabaseConnection
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  await database.sql.unsafe(`
    create table things (name varchar(50) primary key, size int not null check (size > 0), kind char(30) unique);
    insert into things values ('${SECRET}', 1, 'one');
    create table guarded (name text);
    create function object() returns trigger language plpgsql as
      $$ begin raise 'no place for %', new.name using errcode = '23514', detail = new.name, hint = new.name; end $$;
    create trigger object before insert on guarded for each row execute function object();
    create table raised (name text);
    create function shout() returns trigger language plpgsql as $$ begin raise 'no "%"', upper(new.name); end $$;
    create trigger shout before insert on raised for each row execute function shout();`)
  connection = openDatabase({ url: database.url, poolSize: 1, prepare: true })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

async function faultOf(work: PromiseLike<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('The statement did not fail.'),
    (error: unknown) => error,
  )
}

/** Statements that fail, each with a value that must stay secret, and what an operator needs to read. */
const FAILING = {
  'a key that exists': [
    sql`insert into things values (${SECRET}, 2, 'two')`,
    'ERROR 23505: duplicate key value violates unique constraint "things_pkey" (schema public, table things, constraint things_pkey)',
  ],
  'a broken check': [
    sql`insert into things values (${`${SECRET}.org`}, 0, 'two')`,
    'ERROR 23514: new row for relation "things" violates check constraint "things_size_check" (schema public, table things, constraint things_size_check)',
  ],
  'a missing value': [
    sql`insert into things (name) values (${`${SECRET}.org`})`,
    'ERROR 23502: null value in column "size" of relation "things" violates not-null constraint (schema public, table things, column size)',
  ],
  'a value that is too long': [
    sql`insert into things values (${SECRET.repeat(3)}, 2, 'two')`,
    'ERROR 22001: value too long for type character varying(50)',
  ],
  'a value that cannot be read': [
    sql`select ${SECRET}::text::uuid`,
    'ERROR 22P02: invalid input syntax for type uuid: "…"',
  ],
  'a value in an error of a trigger': [
    sql`insert into guarded values (${SECRET})`,
    'ERROR 23514: no place for …',
  ],
  'a changed value in an error of a trigger': [
    sql`insert into raised values (${SECRET})`,
    'ERROR P0001: no "…"',
  ],
  'a byte that no text has': [
    sql`select ${`${SECRET}\0`}::text`,
    'ERROR 22021: invalid byte sequence for encoding "…": 0x…',
  ],
  'a missing table': [sql`select ${SECRET} from nowhere`, 'ERROR 42P01: relation "nowhere" does not exist'],
} as const

describe('the description of a failed statement', () => {
  it.each(Object.entries(FAILING))(
    'has the words of PostgreSQL without the value: %s',
    async (_, [statement, words]) => {
      const fault = await faultOf(connection.db.execute(statement))
      expect(summarizeFault(fault)).toBe(words)
      const described = describeFault(fault)
      expect(described).toHaveLength(2)
      expect(described[1]).toMatchObject({
        type: 'PostgresError',
        severity: 'ERROR',
        code: words.slice(6, 11),
      })
      expect(JSON.stringify(described).toLowerCase()).not.toContain('hush')
    },
  )

  it('has the statement in one short line, with placeholders', async () => {
    const columns = sql.join(
      Array.from({ length: 100 }, () => sql`${SECRET}::text`),
      sql`,\n`,
    )
    const [outer] = describeFault(await faultOf(connection.db.execute(sql`select ${columns} from nowhere`)))
    expect(outer?.message).toMatch(/^Failed query: select \$1::text, \$2::text, .*…$/)
    expect(outer?.message.length).toBeLessThan(250)
  })
})

/** Ways in which a connection fails, and what an operator needs to read. */
const UNREACHABLE: Record<string, [postgres.Options<never>, RegExp]> = {
  'a wrong password': [{ password: SECRET }, /^FATAL 28P01: password authentication failed for user "\w+"$/],
  'a database that does not exist': [
    { database: 'nowhere' },
    /^FATAL 3D000: database "nowhere" does not exist$/,
  ],
  'a parameter that PostgreSQL does not know': [
    { connection: { nonsense: 'x' } as never },
    /^FATAL 42704: unrecognized configuration parameter "nonsense"$/,
  ],
  'a parameter with a wrong value': [
    { connection: { statement_timeout: 'soon' } as never },
    /^FATAL 22023: invalid value for parameter "statement_timeout": "soon"$/,
  ],
  'a port without a server': [{ host: '127.0.0.1', port: 1 }, /ECONNREFUSED/],
  'a host without a server, by each of its addresses': [{ host: 'localhost', port: 1 }, /ECONNREFUSED/],
}

describe('the description of a failed connection', () => {
  async function failToConnect(options: postgres.Options<never>): Promise<unknown> {
    const client = postgres(database.url, { max: 1, connect_timeout: 3, ...options })
    return faultOf(client`select 1`).finally(() => client.end())
  }

  it.each(Object.entries(UNREACHABLE))('has its own words: %s', async (_, [options, words]) => {
    const fault = await failToConnect(options)
    expect(summarizeFault(fault)).toMatch(words)
    expect(JSON.stringify(describeFault(fault))).not.toContain('Failed query')
    expect(JSON.stringify(describeFault(fault))).not.toContain('hush')
  })

  it('has the words about a certificate', async () => {
    const front = await openTlsFront()
    const fault = await failToConnect({
      host: '127.0.0.1',
      port: front.port,
      ssl: { rejectUnauthorized: true },
    })
    expect(summarizeFault(fault)).toMatch(/^self-signed certificate.* \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/)
    await front.close()
  })
})

describe('a connection that PostgreSQL ends', () => {
  it('has the last words of PostgreSQL as the cause, and the next statement is not blamed for them', async () => {
    const end = sql`select pg_terminate_backend(pg_backend_pid()), pg_sleep(60)`
    const fault = await faultOf(connection.db.execute(end))
    expect(summarizeFault(fault)).toBe('FATAL 57P01: terminating connection due to administrator command')
    expect(describeFault(fault).map(({ code }) => code)).toEqual([undefined, 'CONNECTION_CLOSED', '57P01'])
    const later: string[] = []
    const note = (error: unknown) => void later.push(summarizeFault(error))
    const isBack = () => connection.db.execute(sql`select 1`).then(() => true, note)
    await expect.poll(isBack).toBe(true)
    expect(later.join()).not.toContain('57P01')
  })
})

it('the description of any other thrown value has its message', () => {
  expect(summarizeFault(new TypeError('x is no function'))).toBe('x is no function')
  expect(summarizeFault('text')).toBe('thrown: string')
  expect(describeFault(new Error('outer', { cause: new Error('inner') }))).toMatchObject([
    { message: 'outer' },
    { message: 'inner' },
  ])
})
