import { createTestDatabase, readPage, type TestDatabase } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source, SourceUser } from '../records.ts'
import { openSupabase } from './source.ts'

const HASH = '$2a$10$CHTfiTdlRRQiKgNPDTQcHu5ETN9d9aBQYzRZ1MHYzOpOPRL6WcW9q'

let database: TestDatabase
let sources: Source[]
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  await database.sql.unsafe(readPage('packages/testkit/fixtures/supabase/auth.sql'))
  sources = []
})
afterEach(async () => {
  for (const source of sources) await source.close()
  await database.drop()
})

async function open(url = database.url): Promise<Source> {
  const source = await openSupabase(url)
  sources.push(source)
  return source
}

/** Adds a user as Supabase does: an id, an address and a confirmed sign-up unless told otherwise. */
async function addUser(fields: Record<string, unknown> = {}): Promise<string> {
  const id = crypto.randomUUID()
  const row = {
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email: `${id.slice(0, 8)}@example.com`,
    encrypted_password: HASH,
    email_confirmed_at: '2024-05-01T10:00:00Z',
    raw_user_meta_data: {},
    created_at: '2024-05-01T09:00:00Z',
    ...fields,
  }
  await database.sql`insert into auth.users ${database.sql(row)}`
  return id
}

async function addFactor(userId: string, fields: Record<string, unknown>): Promise<void> {
  const times = { created_at: new Date(), updated_at: new Date() }
  const row = { id: crypto.randomUUID(), user_id: userId, status: 'verified', ...times, ...fields }
  await database.sql`insert into auth.mfa_factors ${database.sql(row)}`
}

async function addIdentity(userId: string, provider: string): Promise<void> {
  const row = { provider_id: userId, user_id: userId, identity_data: {}, provider }
  await database.sql`insert into auth.identities ${database.sql(row)}`
}

async function listUsers(source: Source): Promise<SourceUser[]> {
  const users: SourceUser[] = []
  for await (const batch of source.users()) users.push(...batch)
  return users
}

/** Reads the only user of the database. */
async function readUser(): Promise<SourceUser | undefined> {
  const [user, ...others] = await listUsers(await open())
  expect(others).toEqual([])
  return user
}

it('a user keeps its id, its address, its names, its hash and its times', async () => {
  const id = await addUser({
    email: 'ada@example.com',
    raw_user_meta_data: { first_name: 'Ada', last_name: 'Lovelace' },
    last_sign_in_at: '2024-06-01T10:00:00.25Z',
  })
  await addIdentity(id, 'email')
  expect(await readUser()).toEqual({
    oldId: id,
    email: 'ada@example.com',
    emailVerified: true,
    firstName: 'Ada',
    lastName: 'Lovelace',
    role: 0,
    isActive: true,
    createdAt: new Date('2024-05-01T09:00:00Z'),
    lastLogin: new Date('2024-06-01T10:00:00.250Z'),
    passwordHash: HASH,
    passwordForm: 0,
    remarks: [],
    totp: null,
    recoveryCodes: null,
  })
})

it.each<[string, Record<string, string | number | null> | string[], [string, string]]>([
  ['given names', { given_name: 'Ada', family_name: 'Lovelace', name: 'x' }, ['Ada', 'Lovelace']],
  ['a full name', { full_name: 'Ada King Lovelace' }, ['Ada', 'King Lovelace']],
  ['a name', { name: ' Ada ' }, ['Ada', '']],
  ['names that are no texts', { first_name: 5, name: null }, ['', '']],
  ['no object', ['Ada'], ['', '']],
])('names come from metadata with %s', async (_, meta, [firstName, lastName]) => {
  await addUser({ raw_user_meta_data: database.sql.json(meta) })
  expect(await readUser()).toMatchObject({ firstName, lastName })
})

it.each<[string, Record<string, unknown>, Partial<SourceUser>]>([
  ['whose address is not confirmed', { email_confirmed_at: null }, { emailVerified: false }],
  ['who is banned', { banned_until: '2999-01-01T00:00:00Z' }, { isActive: false }],
  ['who was banned', { banned_until: '2020-01-01T00:00:00Z' }, { isActive: true }],
  ['with a phone alone', { email: null, phone: '4917', phone_confirmed_at: new Date() }, { email: '' }],
  ['without a password', { encrypted_password: null }, { passwordHash: '' }],
  ['of a single sign-on', { is_sso_user: true }, { remarks: [{ word: 'social' }] }],
  ['without metadata and times', { raw_user_meta_data: null, created_at: null }, { createdAt: null }],
])('a user %s', async (_, fields, expected) => {
  await addUser(fields)
  expect(await readUser()).toMatchObject(expected)
})

it('a user of another provider is reported', async () => {
  const id = await addUser({ encrypted_password: '' })
  await addIdentity(id, 'google')
  expect(await readUser()).toMatchObject({ passwordHash: '', remarks: [{ word: 'social' }] })
})

it('deleted and anonymous users are left out, and counted', async () => {
  await addUser({ deleted_at: new Date() })
  await addUser({ email: null, is_anonymous: true })
  const id = await addUser({ phone: '4917' })
  await addIdentity(id, 'google')
  await addFactor(id, { factor_type: 'totp', secret: 'JBSWY3DPEHPK3PXP' })
  const source = await open()
  expect((await listUsers(source)).map(({ oldId }) => oldId)).toEqual([id])
  expect(await source.count()).toEqual({ users: 1, sessions: 0 })
  expect(await source.facts()).toEqual({
    deleted: 1,
    anonymous: 1,
    phone_numbers: 1,
    social_identities: 1,
    second_factors: 1,
    passkeys: 0,
  })
})

describe('a second factor', () => {
  const totp = { factor_type: 'totp', secret: 'JBSWY3DPEHPK3PXP' }
  const encrypted = {
    factor_type: 'totp',
    secret: '{"key_id":"k","alg":"aes-gcm-hkdf","data":"eA==","nonce":"eA=="}',
  }
  const carried = { secret: 'JBSWY3DPEHPK3PXP' }

  it.each<[string, object[], SourceUser['totp'], string[]]>([
    ['of an app is carried', [totp], carried, []],
    ['that was never confirmed is left out', [{ ...totp, status: 'unverified' }], null, []],
    ['whose secret is encrypted is reported', [encrypted], null, ['mfa_unreadable']],
    ['of a phone is reported', [{ factor_type: 'phone', phone: '4917' }], null, ['mfa_unreadable']],
    ['beside an app is reported', [totp, { factor_type: 'webauthn' }], carried, ['factor_left']],
  ])('%s', async (_, factors, expected, words) => {
    const id = await addUser()
    for (const factor of factors) await addFactor(id, { ...factor })
    const user = await readUser()
    expect(user?.totp).toEqual(expected)
    expect(user?.remarks.map(({ word }) => word)).toEqual(words)
  })
})

describe('a database', () => {
  it('of an earlier version, without the later columns and tables, is read', async () => {
    const id = await addUser()
    await database.sql.unsafe(`drop table auth.mfa_factors, auth.identities, auth.webauthn_credentials;
      alter table auth.users drop column deleted_at, drop column is_anonymous, drop column is_sso_user cascade,
        drop column banned_until, drop column phone cascade, drop column last_sign_in_at`)
    const source = await open()
    expect(await listUsers(source)).toMatchObject([{ oldId: id, isActive: true }])
    expect(await source.facts()).toMatchObject({ deleted: 0, second_factors: 0 })
  })

  it('has one name in each run', async () => {
    const [first, second] = [await open(), await open()]
    expect(first.name).toMatch(/^supabase:\d+\/test_\w+\/auth\.users$/)
    expect(second.name).toBe(first.name)
  })

  it('without the tables is refused', async () => {
    await database.sql.unsafe('drop schema auth cascade')
    await expect(open()).rejects.toThrow(
      /^The table auth\.users does not exist\. Is this the database of a Supabase/,
    )
  })

  it('that hides rows from the role is refused', async () => {
    await addUser()
    const role = `reader_${crypto.randomUUID().slice(0, 8)}`
    await database.sql.unsafe(`create role ${role} login password 'secret';
      grant usage on schema auth to ${role}; grant select on all tables in schema auth to ${role}`)
    const source = await open(
      Object.assign(new URL(database.url), { username: role, password: 'secret' }).href,
    )
    await expect(listUsers(source)).rejects.toThrow(/row-level security/)
    await source.close()
    await database.sql.unsafe(`drop owned by ${role}; drop role ${role}`)
  })
})
