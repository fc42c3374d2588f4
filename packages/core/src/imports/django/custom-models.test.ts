import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectBatches } from '../../../tests/support/collect-batches.ts'
import type { Source } from '../records.ts'
import { openDjango } from './open-django.ts'
import type { DjangoOptions } from './options.ts'

let database: TestDatabase
let open: Source[]
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  open = []
})
afterEach(async () => {
  await Promise.all(open.map((source) => source.close()))
  await database.drop()
})

const make = (statements: string) => database.sql.unsafe(statements)

async function read(options: DjangoOptions = {}) {
  const source = await openDjango(database.url, options)
  open.push(source)
  return source
}

async function readUsers(options: DjangoOptions = {}) {
  const source = await read(options)
  return collectBatches(source.users())
}

async function readSessions(options: DjangoOptions = {}) {
  const source = await read(options)
  return collectBatches(source.sessions())
}

const JTI = 'a'.repeat(32)
const SESSION = 'b'.repeat(32)

const sessionTable = (name: string, target: string, type: string) => `
  create table ${name} (id bigint primary key, created timestamptz not null, ip inet, browser text, os text, device text,
    device_brand text, device_model text, jti varchar(32), enabled boolean not null, session varchar(32),
    user_id ${type} not null references ${target})`

const addressTable = (target: string, type: string) => `
  create table account_emailaddress (id integer primary key, email varchar(254) not null, verified boolean not null,
    "primary" boolean not null, user_id ${type} not null references ${target})`

describe('a model of users of its own', () => {
  it('is found by the foreign key of the refresh tokens, with a key of UUIDs', async () => {
    await make(`
      create table accounts_member (uuid uuid primary key, email text, password text, is_staff boolean, is_superuser boolean);
      ${sessionTable('myapp_refreshtokenwhitelistmodel', 'accounts_member', 'uuid')};
      ${addressTable('accounts_member', 'uuid')};
      insert into accounts_member values
        ('0190aaaa-0000-7000-8000-000000000001', 'staff@example.com', 'x', true, true),
        ('0190aaaa-0000-7000-8000-000000000002', 'super@example.com', 'x', false, true),
        ('0190aaaa-0000-7000-8000-000000000003', 'user@example.com', 'x', false, false);
      insert into account_emailaddress values
        (1, 'staff@example.com', true, true, '0190aaaa-0000-7000-8000-000000000001')`)
    expect((await read()).keyType).toBe('uuid')
    const users = await readUsers()
    expect(users.map(({ oldId, role }) => [oldId.at(-1), role])).toEqual([
      ['1', 1000],
      ['2', 900],
      ['3', 0],
    ])
    expect(users[0]).toMatchObject({ emailVerified: true, firstName: '', isActive: true, createdAt: null })
    expect((await readUsers({ promoteSuperusers: true })).map(({ role }) => role)).toEqual([900, 900, 0])
  })

  it('is found by the foreign key of the addresses where there are no refresh tokens', async () => {
    await make(`
      create table people (id bigint primary key, email text, password text);
      ${addressTable('people', 'bigint')};
      insert into people values (9007199254740993, 'a@example.com', 'x');
      insert into account_emailaddress values (1, 'b@example.com', true, false, 9007199254740993)`)
    expect(await readUsers()).toMatchObject([{ oldId: '9007199254740993', email: 'b@example.com' }])
    expect(await readSessions()).toEqual([])
    expect(await (await read()).facts()).toMatchObject({
      session_table: 'none',
      highest_key: '9007199254740993',
    })
  })

  it('may have quotes and capitals in the names of its tables and columns', async () => {
    await make(`
      create schema "The ""old"" one"; set search_path to "The ""old"" one";
      create table "My""User" ("Pri;Key" varchar(40) primary key, "E-Mail" text, "pass""word" text);
      ${sessionTable('"App_RefreshTokenWhitelistModel"', '"My""User"', 'varchar(40)')};
      insert into "My""User" values ('k''1', 'a@example.com', 'x');
      insert into "App_RefreshTokenWhitelistModel"
        values (1, '2026-01-02T03:04:05Z', '2001:db8::1', 'Firefox', 'Other', 'Other', 'Apple', 'iPhone', '${JTI}', true, '${SESSION}', 'k''1')`)
    const options = { schema: 'The "old" one', columns: { email: 'E-Mail', password: 'pass"word' } }
    expect(await readUsers(options)).toMatchObject([{ oldId: "k'1", email: 'a@example.com' }])
    expect(await readSessions(options)).toEqual([
      {
        sessionId: 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb',
        jti: JTI,
        oldUserId: "k'1",
        createdAt: new Date('2026-01-02T03:04:05Z'),
        ip: '2001:db8::1',
        browser: 'Firefox',
        os: null,
        device: 'Apple iPhone',
      },
    ])
    const { name, keyType } = await read(options)
    expect(keyType).toBe('text')
    expect(name).toContain('"The ""old"" one"."My""User"')
  })

  it('counts every address as unverified without a table of addresses, unless the operator says otherwise', async () => {
    await make(
      `create table people (id integer primary key, email text, password text); insert into people values (1, 'a@example.com', 'x')`,
    )
    const options = { userTable: 'people' }
    expect(await readUsers(options)).toMatchObject([{ emailVerified: false }])
    expect(await readUsers({ ...options, assumeVerified: true })).toMatchObject([{ emailVerified: true }])
  })
})

describe('rows that are hostile', () => {
  it('come as they are, whatever characters they have', async () => {
    const first = 'tab\there, back\\slash, \\N, line\nbreak, "quote\', {brace}, \u{1F511}\u202E'
    const email = `${'a'.repeat(64)}@${`${'d'.repeat(60)}.`.repeat(3)}example`.slice(0, 254)
    await make(`create table people (id smallint primary key, email text, password text, first_name text);
      ${addressTable('people', 'smallint')}`)
    await database.sql`insert into people values (-1, ${email}, '\\N', ${first}), (2, null, null, null)`
    await database.sql`insert into account_emailaddress values (1, ${`"a\tb\\"@example.com`}, true, true, 2)`
    expect(await readUsers()).toMatchObject([
      { oldId: '-1', email, passwordHash: '\\N', firstName: first },
      { oldId: '2', email: `"a\tb\\"@example.com`, passwordHash: '', firstName: '', isActive: true },
    ])
  })

  it('are cut at a thousand characters of a text', async () => {
    await make(`create table people (id integer primary key, email text, password text, last_name text);
      insert into people values (1, repeat('a', 5000), repeat('p', 5000), repeat('é', 5000))`)
    const [user] = await readUsers({ userTable: 'people' })
    expect(user?.email).toBe('a'.repeat(1000))
    expect(user?.passwordHash).toBe('p'.repeat(1000))
    expect(user?.lastName).toBe('é'.repeat(1000))
  })

  it('may have times that no calendar of ours has', async () => {
    await make(`create table people (id integer primary key, email text, password text, date_joined timestamptz);
      insert into people values (1, 'a', '', 'infinity'), (2, 'b', '', '-infinity'), (3, 'c', '', '294276-12-31'),
        (4, 'd', '', '0044-03-15 BC'), (5, 'e', '', null), (6, 'f', '', '1969-12-31T23:59:59.9999Z')`)
    const users = await readUsers({ userTable: 'people' })
    expect(users.map(({ createdAt }) => createdAt?.getTime() ?? null)).toEqual([
      null,
      null,
      null,
      null,
      null,
      -1,
    ])
  })

  it('name another verified address of a user, and a second factor that cannot be read', async () => {
    await make(`
      create table people (id integer primary key, email text, password text);
      ${addressTable('people', 'integer')};
      create table mfa_authenticator (id bigint primary key, type text, data jsonb, user_id integer references people);
      insert into people values (1, 'old@example.com', 'x');
      insert into account_emailaddress values (1, 'new@example.com', true, true, 1), (2, 'old@example.com', true, false, 1),
        (3, 'never@example.com', false, false, 1);
      insert into mfa_authenticator values (1, 'totp', '{"secret": "gAAAAA=="}', 1), (2, 'recovery_codes',
        '{"seed": "${'5f2c'.repeat(20)}", "used_mask": 1022}', 1)`)
    expect(await readUsers()).toMatchObject([
      {
        email: 'new@example.com',
        totp: null,
        recoveryCodes: ['91795864'],
        remarks: [
          { word: 'secondary_address', detail: 'old@example.com' },
          { word: 'mfa_unreadable', detail: 'totp' },
        ],
      },
    ])
    expect(await (await read()).facts()).toMatchObject({ 'mfa totp': 1, 'mfa recovery_codes': 1 })
  })

  it('show nothing of a hash in the facts, whatever form it has', async () => {
    await make(`create table people (id integer primary key, email text, password text);
      insert into people select row_number() over (), 'a', p from unnest(array['', '!abc', 'plain secret text',
        'pbkdf2_sha256$260000$salt$hash=', 'pbkdf2_sha256$Secret$salt$hash', 'argon2$argon2id$v=19$m=102400,t=2,p=8$salt$hash',
        'bcrypt_sha256$$2b$12$saltandhash', 'scrypt$16384$salt$8$5$hash', 'sha1$$0123456789abcdef',
        '0123456789abcdef0123456789abcdef', 'other$secret']) p`)
    const facts = await (await read({ userTable: 'people' })).facts()
    const hashes = Object.entries(facts).filter(([word]) => word.startsWith('hash '))
    expect(Object.fromEntries(hashes)).toEqual({
      'hash none': 2,
      'hash unknown': 3,
      'hash pbkdf2_sha256$260000': 1,
      'hash argon2id$m=102400,t=2,p=8': 1,
      'hash bcrypt_sha256$12': 1,
      'hash scrypt$16384$8$5': 1,
      'hash sha1': 1,
      'hash unsalted_md5': 1,
    })
  })
})

describe('the rows of refresh tokens', () => {
  beforeEach(async () => {
    await make(`create table people (id integer primary key, email text, password text);
      insert into people values (1, 'a@example.com', 'x');
      ${sessionTable('jwt_refreshtokenwhitelistmodel', 'people', 'integer')};
      insert into jwt_refreshtokenwhitelistmodel (id, created, jti, enabled, session, user_id) values
        (1, '2026-01-01Z', repeat('1', 32), true, repeat('a', 32), 1),
        (2, '2026-01-02Z', repeat('2', 32), true, repeat('a', 32), 1),
        (3, '2026-01-03Z', repeat('3', 32), false, repeat('b', 32), 1),
        (4, '2026-01-04Z', 'no hex', true, repeat('c', 32), 1),
        (5, '2026-01-05Z', repeat('5', 32), true, repeat('D', 32), 1),
        (6, '2026-01-06Z', null, true, null, 1)`)
  })

  it('are one a session, its newest, where they are enabled and belong to a token', async () => {
    expect(await readSessions()).toMatchObject([
      { sessionId: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', jti: '2'.repeat(32) },
    ])
    const source = await read()
    expect(await source.count()).toEqual({ users: 1, sessions: 1 })
    expect(await source.facts()).toMatchObject({
      sessions_before_verification: 1,
      unreadable_sessions: 3,
      'set EMAIL_VERIFICATION': 'mandatory',
    })
  })

  it('may have no enabled, as before 1.5', async () => {
    await make('alter table jwt_refreshtokenwhitelistmodel drop column enabled')
    expect(await readSessions()).toHaveLength(2)
  })
})

describe('a mistake is named', () => {
  const refusal = (options: DjangoOptions = {}) => read(options).then(String, (error: Error) => error.message)
  const people = (name: string) => `create table ${name} (id integer primary key, email text, password text)`

  it('an empty database', async () => {
    expect(await refusal()).toBe(
      'The search path of the role has no table; name the schema of the deployment with --schema.',
    )
    expect(await refusal({ schema: 'old' })).toBe(
      'The database has no table in the schema old, or no such schema.',
    )
  })

  it('no table that points at users', async () => {
    await make(people('people'))
    expect(await refusal()).toMatch(/^No table of users was found: .* --user-table/)
    expect(await refusal({ userTable: 'persons' })).toBe(
      '--user-table names persons, and the schema has no such table.',
    )
  })

  it('several tables of users, which it lists', async () => {
    await make(`${people('one')}; ${people('two')};
      ${sessionTable('a_refreshtokenwhitelistmodel', 'one', 'integer')};
      ${sessionTable('b_refreshtokenwhitelistmodel', 'two', 'integer')}`)
    expect(await refusal()).toBe(
      'Several tables may be that of the users: public.one, public.two. Name it with --user-table.',
    )
    const { name } = await read({ userTable: 'two' })
    expect(name).toMatch(/public\.two$/)
    expect((await read({ sessionTable: 'a_refreshtokenwhitelistmodel' })).name).toMatch(/public\.one$/)
  })

  it('several tables of refresh tokens of the same users', async () => {
    await make(`${people('people')};
      ${sessionTable('a_refreshtokenwhitelistmodel', 'people', 'integer')};
      ${sessionTable('b_refreshtokenwhitelistmodel', 'people', 'integer')}`)
    expect(await refusal()).toBe(
      'Several tables may be that of the refresh tokens: public.a_refreshtokenwhitelistmodel, public.b_refreshtokenwhitelistmodel. Name it with --session-table.',
    )
    expect(await (await read({ sessionTable: 'b_refreshtokenwhitelistmodel' })).facts()).toMatchObject({
      session_table: 'public.b_refreshtokenwhitelistmodel',
    })
  })

  it('addresses of another table of users', async () => {
    await make(`${people('one')}; ${people('two')}; ${addressTable('two', 'integer')}`)
    expect(await refusal({ userTable: 'one' })).toBe(
      'The addresses of public.account_emailaddress belong to another table than public.one. Name the table of users with --user-table.',
    )
  })

  it.each([
    [
      'a column that is missing',
      'id integer primary key, password text',
      {},
      /has no column email\..*--columns/,
    ],
    [
      'a named column that is missing',
      'id integer primary key, email text, password text',
      { columns: { is_active: 'enabled' } },
      /has no column enabled\./,
    ],
    [
      'a column of another type',
      'id integer primary key, email text, password text, is_active integer',
      {},
      /The column is_active of public.people is of type integer, not a boolean/,
    ],
    ['a key of another type', 'id numeric primary key, email text, password text', {}, /is of type numeric/],
    ['no key', 'email text, password text', {}, /has no primary key of one column.*--columns id=NAME/],
    [
      'a key of two columns',
      'id integer, part integer, email text, password text, primary key (id, part)',
      {},
      /has no primary key of one column/,
    ],
  ])('%s', async (_, columns, options, message) => {
    await make(`create table people (${columns})`)
    expect(await refusal({ userTable: 'people', ...options })).toMatch(message)
  })

  it('an address table beside --assume-verified', async () => {
    await make(`${people('people')}; ${addressTable('people', 'integer')}`)
    expect(await refusal({ assumeVerified: true })).toMatch(/^--assume-verified is for a deployment without/)
  })
})
