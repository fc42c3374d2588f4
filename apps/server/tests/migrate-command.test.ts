import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runServer, waitForAddress } from './run-server.ts'
import { bundleServer } from './server-bundle.ts'

let cli: string
beforeAll(async () => {
  cli = (await bundleServer()).cli
})

let database: TestDatabase
/** The owner may create tables. The other role may only read and write rows. */
let urls: { owner: string; rows: string }
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  const id = crypto.randomUUID().replaceAll('-', '')
  const name = new URL(database.url).pathname.slice(1)
  await database.sql.unsafe(`
    create role owner_${id} login password 'hush';
    create role rows_${id} login password 'hush';
    grant create on database ${name} to owner_${id};
    create schema latchkey authorization owner_${id};
    alter role owner_${id} set search_path = latchkey;
    alter role rows_${id} set search_path = latchkey;
    grant usage on schema latchkey to rows_${id}`)
  const urlOf = (role: string) =>
    Object.assign(new URL(database.url), { username: role, password: 'hush' }).href
  urls = { owner: urlOf(`owner_${id}`), rows: urlOf(`rows_${id}`) }
})
afterEach(() => database.drop())

async function latchkey(
  url: string,
  ...words: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const env = { PATH: process.env.PATH, SECRET_KEY: 'x'.repeat(40), DATABASE_URL: url }
  const child = spawn(process.execPath, [cli, ...words], { env })
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    texts.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    texts.err += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...texts }
}

/** The statements of the guide, for the schemas of this test. */
async function grantRows(): Promise<void> {
  const role = new URL(urls.rows).username
  const schemas = 'latchkey, latchkey_mail_latchkey'
  await database.sql.unsafe(`
    grant usage on schema ${schemas} to ${role};
    grant select, insert, update, delete on all tables in schema ${schemas} to ${role}`)
}

describe('latchkey migrate', () => {
  it('prepares the database for a server whose role may only read and write rows', async () => {
    const waiting = await latchkey(urls.owner, 'migrate', '--check')
    expect(waiting.code).toBe(1)
    expect(waiting.out).toMatch(
      /^waits: 0000_accounts_and_sessions\n(waits: \d{4}_\w+\n)+waits: the mail queue \(schema latchkey_mail_latchkey\)\n$/,
    )
    expect(waiting.err).toBe('The database is not up to date. Run: latchkey migrate\n')
    const refused = runServer({ DATABASE_URL: urls.rows, MIGRATE_ON_START: 'false' })
    expect(await refused.exit).toBe(1)
    expect(refused.output()).toContain('MIGRATE_ON_START is false: run latchkey migrate.')
    const done = await latchkey(urls.owner, 'migrate')
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toMatch(/^migrated: 0000_\w+\n[\s\S]*\nThe database is up to date\.\n$/)
    await grantRows()
    expect(await latchkey(urls.rows, 'migrate', '--check')).toEqual({
      ...{ code: 0, out: 'The database is up to date.\n', err: '' },
    })
    const running = runServer({ DATABASE_URL: urls.rows, MIGRATE_ON_START: 'false' })
    const url = await waitForAddress(running)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    running.process.kill('SIGTERM')
    expect(await running.exit).toBe(0)
  })

  it('says what a migration locks on tables that are in use, and changes nothing', async () => {
    await latchkey(urls.owner, 'migrate')
    // As a database that the release before second factors has made.
    await database.sql.unsafe(`
      delete from latchkey.latchkey_migrations where name = '0009_levels_of_sessions';
      alter table latchkey.sessions drop auth_time, drop acr, drop amr, drop passkey_id, drop successor_id`)
    const told = await latchkey(urls.owner, 'migrate', '--check')
    expect(told.code).toBe(1)
    expect(told.out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'waits: 0009_levels_of_sessions',
      'migration | table | rows | size | lock | servers wait with | work | about',
      '0009_levels_of_sessions | sessions | ? | < 1 MB | ACCESS EXCLUSIVE | reads and writes | none | < 1 s',
      'The tables are small. The times assume 100 MB/s.',
      'A migration waits a second at most for a lock, lets the servers pass, and tries again.',
      '',
    ])
    const data = JSON.parse((await latchkey(urls.owner, 'migrate', '--check', '--json')).out)
    expect(data).toMatchObject({
      waiting: ['0009_levels_of_sessions'],
      locks: [
        { table: 'sessions', lock: 'ACCESS EXCLUSIVE', blocks: 'reads and writes', work: 'none', seconds: 0 },
      ],
      is_measured: false,
      bytes_per_second: 100_000_000,
    })
    expect((await latchkey(urls.owner, 'migrate')).out).toContain('migrated: 0009_levels_of_sessions')
  })

  it('with a role that lacks the right says so and changes nothing', async () => {
    const failed = await latchkey(urls.rows, 'migrate')
    expect(failed.code).toBe(1)
    expect(failed.err).toContain('may CREATE in it and in the schema of its tables')
    expect(await database.sql`select from pg_tables where schemaname like 'latchkey%'`).toEqual([])
  })
})
