import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source, SourceUser } from '../records.ts'
import type { BetterAuthOptions } from './options.ts'
import { openBetterAuth } from './source.ts'

const HASH = `${'ab'.repeat(16)}:${'cd'.repeat(64)}`

let database: TestDatabase
let sources: Source[]
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  // The columns and types that the migrations of better-auth 1.7 make.
  await database.sql.unsafe(`
    create table "user" (id text primary key, name text not null, email text not null unique,
      "emailVerified" boolean not null, image text, "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now());
    create table account (id text primary key, "accountId" text not null, "providerId" text not null,
      "userId" text not null references "user" (id) on delete cascade, password text,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now());
    insert into "user" values ('aB3', 'Ada King Lovelace', 'ada@example.com', true, null, '2024-05-01T09:00:00.123Z');
    insert into account values ('c1', 'aB3', 'credential', 'aB3', '${HASH}')`)
  sources = []
})
afterEach(async () => {
  for (const source of sources) await source.close()
  await database.drop()
})

async function open(options?: BetterAuthOptions): Promise<Source> {
  const source = await openBetterAuth(database.url, options)
  sources.push(source)
  return source
}

async function readUsers(options?: BetterAuthOptions): Promise<SourceUser[]> {
  const users: SourceUser[] = []
  const source = await open(options)
  for await (const batch of source.users()) users.push(...batch)
  // An open snapshot would keep a test from changing the tables.
  await source.close()
  return users
}

const ADA: SourceUser = {
  oldId: 'aB3',
  email: 'ada@example.com',
  emailVerified: true,
  firstName: 'Ada',
  lastName: 'King Lovelace',
  role: 0,
  isActive: true,
  createdAt: new Date('2024-05-01T09:00:00.123Z'),
  lastLogin: null,
  passwordHash: HASH,
  passwordForm: 2,
  remarks: [],
  totp: null,
  recoveryCodes: null,
}

it('a user keeps its id, its address, its name, its hash and its time', async () => {
  const source = await open()
  expect(source).toMatchObject({ kind: 'better-auth', keyType: 'text' })
  expect(source.name).toMatch(/^better-auth:\d+\/test_\w+\/public\."user"$/)
  expect(await source.count()).toEqual({ users: 1, sessions: 0 })
  expect(await readUsers()).toEqual([ADA])
})

it('a user of other providers alone has no password, and is reported', async () => {
  await database.sql`update account set "providerId" = 'github', password = null`
  expect(await readUsers()).toEqual([
    { ...ADA, passwordHash: '', passwordForm: 0, remarks: [{ word: 'social' }] },
  ])
  expect(await (await open()).facts()).toEqual({ social_accounts: 1, second_factors: 0, passkeys: 0 })
})

it('a user without any account has no password', async () => {
  await database.sql`delete from account`
  expect(await readUsers()).toMatchObject([{ passwordHash: '', remarks: [] }])
})

it('a user of several accounts keeps the newest password', async () => {
  await database.sql`insert into account values ('c2', 'x', 'google', 'aB3', null)`
  await database.sql`insert into account values ('c3', 'y', 'credential', 'aB3', 'older', now(), '2020-01-01')`
  await database.sql`insert into account values ('c4', 'z', 'credential', 'aB3', null, now(), '2099-01-01')`
  expect(await readUsers()).toMatchObject([{ passwordHash: HASH, remarks: [{ word: 'social' }] }])
})

it("a hash of the application's own is over what was typed", async () => {
  await database.sql`update account set password = '$argon2id$v=19$m=8,t=1,p=1$a$b'`
  expect(await readUsers()).toMatchObject([{ passwordForm: 0 }])
})

describe('with the plugin admin', () => {
  beforeEach(async () => {
    await database.sql`alter table "user" add role text, add banned boolean, add "banExpires" timestamptz`
  })

  it.each<[string, boolean | null, string | null, boolean]>([
    ['banned for ever', true, null, false],
    ['banned until later', true, '2999-01-01', false],
    ['banned until now', true, '2020-01-01', true],
    ['not banned', false, null, true],
    ['never judged', null, null, true],
  ])('a user who is %s', async (_, banned, until, isActive) => {
    await database.sql`update "user" set banned = ${banned}, "banExpires" = ${until}`
    expect(await readUsers()).toMatchObject([{ isActive }])
  })

  it.each<[string | null, number, object[]]>([
    [null, 0, []],
    ['user', 0, []],
    ['user, admin', 900, []],
    ['constructor', 0, [{ word: 'unknown_role', detail: 'constructor' }]],
  ])('a user of role %j', async (word, role, remarks) => {
    await database.sql`update "user" set role = ${word}`
    expect(await readUsers({ roles: { admin: 900 } })).toMatchObject([{ role, remarks }])
  })
})

it('a user of the plugin twoFactor is reported, because its secret is encrypted', async () => {
  await database.sql`create table "twoFactor" (id text, secret text, "backupCodes" text, "userId" text)`
  await database.sql`insert into "twoFactor" values ('t', 'x', 'y', 'aB3')`
  expect(await readUsers()).toMatchObject([{ totp: null, remarks: [{ word: 'mfa_unreadable' }] }])
  await database.sql`alter table "user" add "twoFactorEnabled" boolean default false`
  expect(await readUsers()).toMatchObject([{ remarks: [] }])
  await database.sql`update "user" set "twoFactorEnabled" = true`
  expect(await readUsers()).toMatchObject([{ remarks: [{ word: 'mfa_unreadable' }] }])
  expect(await (await open()).facts()).toMatchObject({ second_factors: 1 })
})

describe('the schema', () => {
  it('may have the plural and snake case of other adapters, and times without a zone', async () => {
    await database.sql.unsafe(`alter table "user" rename to users; alter table account rename to accounts;
      alter table users rename "emailVerified" to email_verified; alter table users rename "createdAt" to created_at;
      alter table users alter created_at type timestamp using created_at at time zone 'UTC';
      alter table accounts rename "userId" to user_id; alter table accounts rename "providerId" to provider_id;
      alter table accounts rename "updatedAt" to updated_at`)
    expect(await readUsers()).toEqual([ADA])
  })

  it('may have names of its own, in a schema of its own', async () => {
    await database.sql.unsafe(`create schema "my auth"; alter table "user" set schema "my auth";
      alter table account set schema "my auth"; alter table "my auth"."user" rename to "peo""ple";
      alter table "my auth"."peo""ple" rename email to mail;
      alter table "my auth".account rename password to hash`)
    const named = {
      schema: 'my auth',
      tables: { user: 'peo"ple' },
      columns: { 'user.email': 'mail', 'account.password': 'hash' },
    }
    expect(await readUsers(named)).toEqual([ADA])
  })

  it.each<[string, Source['keyType'], string]>([
    ['uuid', 'uuid', '0199aa11-2222-4333-8444-555566667777'],
    ['bigint', 'integer', '9223372036854775807'],
    ['integer', 'integer', '7'],
  ])('may have ids of type %s', async (type, keyType, id) => {
    await database.sql.unsafe(`alter table account drop constraint "account_userId_fkey"; delete from account;
      alter table "user" alter id type ${type} using '${id}'::${type};
      alter table account alter "userId" type ${type} using null;
      insert into account values ('c1', '${id}', 'credential', '${id}', '${HASH}')`)
    const source = await open()
    expect(source.keyType).toBe(keyType)
    expect(await readUsers()).toEqual([{ ...ADA, oldId: id }])
  })

  it.each<[string, string, BetterAuthOptions, RegExp]>([
    ['without users', 'drop table "user" cascade', {}, /no table of the model user \(user, users\); name it/],
    ['without accounts', 'drop table account', {}, /no table of the model account \(account, accounts\)/],
    ['without a named table', 'select 1', { tables: { user: 'people' } }, /no table people, which --tables/],
    [
      'without a column',
      'alter table account drop password',
      {},
      /account has no column password; name it with --columns account\.password=/,
    ],
    ['without a named column', 'select 1', { columns: { 'user.email': 'mail' } }, /has no column mail; name/],
  ])('%s is refused', async (_, change, options, sentence) => {
    await database.sql.unsafe(change)
    const error = await open(options).catch((caught: Error) => caught)
    expect(error).toMatchObject({ name: 'SourceError', message: expect.stringMatching(sentence) })
  })
})
