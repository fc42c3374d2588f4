import { randomUUID } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CANONICAL_ADDRESSES, respellLateAddresses } from '../src/database/canonical-addresses.ts'
import { openDatabase } from '../src/database/connection.ts'
import { migrateDatabase } from '../src/database/migrate.ts'
import { readMigrations } from '../src/database/migrations.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  await migrateDatabase(options(), undefined, FORMER)
})
afterEach(() => database.drop())

/** The migrations of the releases that stored addresses as they were typed. */
const FORMER = readMigrations().filter(({ name }) => name < CANONICAL_ADDRESSES)

const options = () => ({ url: database.url, poolSize: 3, prepare: true })

/** Migrates with this build, and returns what the operator hears. */
async function migrate(): Promise<string[]> {
  const reports: string[] = []
  await migrateDatabase(options(), (sentence) => reports.push(sentence))
  return reports
}

async function respellLate(): Promise<string[]> {
  const reports: string[] = []
  const connection = openDatabase(options())
  await respellLateAddresses(connection.db, (sentence) => reports.push(sentence))
  await connection.close()
  return reports
}

async function insertUser(email: string): Promise<string> {
  const id = randomUUID()
  await database.sql`insert into users (id, email, password_hash) values (${id}, ${email}, 'x')`
  return id
}

async function insertPending(email: string): Promise<string> {
  const id = randomUUID()
  await database.sql`
    insert into pending_registrations (id, email, password_hash, first_name, last_name, created_at, expires_at)
    values (${id}, ${email}, 'x', '', '', now(), now() + interval '1 day')`
  return id
}

async function insertLink(purpose: string, email: string, userId: string | null = null): Promise<string> {
  const hash = randomUUID()
  await database.sql`
    insert into capabilities (token_hash, purpose, email, user_id, created_at, expires_at)
    values (${hash}, ${purpose}, ${email}, ${userId}, now(), now() + interval '1 day')`
  return hash
}

const emailOf = async (id: string) => (await database.sql`select email from users where id = ${id}`)[0]?.email
const pendingOf = async (id: string) =>
  (await database.sql`select email from pending_registrations where id = ${id}`)[0]?.email
const linkOf = async (hash: string) =>
  (await database.sql`select email from capabilities where token_hash = ${hash}`)[0]?.email

it('a stored address gets the form in which it is looked up, with its sign-ups and links', async () => {
  const ascii = await insertUser('ada@example.com')
  const umlaut = await insertUser('ada@bücher.example')
  const pending = await insertPending('bob@bücher.example')
  const link = await insertLink('verify_email', 'ada@bücher.example', umlaut)
  const change = await insertLink('change_email', 'new@bücher.example', ascii)
  expect(await migrate()).toEqual(['Addresses whose domain is written as its A-labels now: 1.'])
  expect(await emailOf(ascii)).toBe('ada@example.com')
  expect(await emailOf(umlaut)).toBe('ada@xn--bcher-kva.example')
  expect(await pendingOf(pending)).toBe('bob@xn--bcher-kva.example')
  expect(await linkOf(link)).toBe('ada@xn--bcher-kva.example')
  expect(await linkOf(change)).toBe('new@xn--bcher-kva.example')
  expect(await migrate()).toEqual([])
})

it('two users of one mailbox stay as they are, and both are reported by their ids alone', async () => {
  const holder = await insertUser('ada@xn--bcher-kva.example')
  const other = await insertUser('ada@bücher.example')
  const [first, second] = [await insertUser('eve@faß.example'), await insertUser('eve@fa\u00DF.Example')]
  const link = await insertLink('verify_email', 'ada@bücher.example', other)
  const reports = await migrate()
  expect(await emailOf(holder)).toBe('ada@xn--bcher-kva.example')
  expect(await emailOf(other)).toBe('ada@bücher.example')
  expect(await linkOf(link)).toBe('ada@bücher.example')
  expect(await emailOf(first)).toBe('eve@faß.example')
  expect(await emailOf(second)).toBe('eve@faß.Example')
  expect(reports).toHaveLength(3)
  for (const [id, mates] of [
    [other, [holder]],
    [first, [second]],
    [second, [first]],
  ] as const) {
    const report = reports.find((sentence) => sentence.startsWith(`The account ${id} `))
    for (const mate of mates) expect(report).toContain(mate)
    expect(report).toContain(`latchkey user show ${id}`)
  }
  expect(reports.join()).not.toContain('@')
})

it('an address that stands for no mailbox is reported, and its sign-ups and links to it are deleted', async () => {
  const user = await insertUser('a\uFE0Fda@example.com')
  const broken = await insertUser('ada@xn--a.example')
  const hidden = await insertUser('eve@exam\u00ADple.com')
  const pending = await insertPending('\u3164@example.com')
  const change = await insertLink('change_email', 'a\uFE0F@example.com', user)
  const verify = await insertLink('verify_email', 'a\uFE0Fda@example.com', user)
  const reports = await migrate()
  expect(reports.map((sentence) => sentence.split(' ')[2]).sort()).toEqual([user, broken, hidden].sort())
  expect(await emailOf(user)).toBe('a\uFE0Fda@example.com')
  expect(await pendingOf(pending)).toBeUndefined()
  expect(await linkOf(change)).toBeUndefined()
  expect(await linkOf(verify)).toBe('a\uFE0Fda@example.com')
})

it('what a former server stores during a rolling update is repaired for two days', async () => {
  await migrate()
  const late = await insertUser('ada@bücher.example')
  expect(await respellLate()).toEqual(['Addresses whose domain is written as its A-labels now: 1.'])
  expect(await emailOf(late)).toBe('ada@xn--bcher-kva.example')
  await database.sql`update latchkey_migrations set noted_at = now() - interval '3 days'`
  const later = await insertUser('bob@bücher.example')
  expect(await respellLate()).toEqual([])
  expect(await emailOf(later)).toBe('bob@bücher.example')
})

it('an address that is taken while the step runs is a collision, and the rest goes on', async () => {
  const ids = [await insertUser('ada@bücher.example'), await insertUser('bob@bücher.example')]
  const server = await database.sql.reserve()
  await server`begin`
  await server`insert into users (id, email, password_hash)
    values (${randomUUID()}, 'ada@xn--bcher-kva.example', 'x')`
  const migrated = migrate()
  await database.waitForBlocked()
  await server`commit`
  server.release()
  const reports = await migrated
  expect(reports.join('\n')).toContain(`The account ${ids[0]} has the mailbox of`)
  expect(await Promise.all(ids.map(emailOf))).toEqual(['ada@bücher.example', 'bob@xn--bcher-kva.example'])
})

it('ten servers that start together respell once', async () => {
  const id = await insertUser('ada@bücher.example')
  const all = await Promise.all(Array.from({ length: 10 }, migrate))
  expect(all.flat().filter((sentence) => sentence.includes('A-labels'))).toHaveLength(1)
  expect(await emailOf(id)).toBe('ada@xn--bcher-kva.example')
})
