import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createDjangoDatabase,
  createTestDatabase,
  DJANGO_SECRET_KEY,
  listLiveTokens,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleServer } from '../server-bundle.ts'

let cli: string
let old: TestDatabase
let database: TestDatabase
let folder: string
beforeAll(async () => {
  cli = (await bundleServer()).cli
  folder = await mkdtemp(join(tmpdir(), 'latchkey-import-'))
})
beforeEach(async () => {
  old = await createDjangoDatabase({ liveAt: Math.floor(Date.now() / 1000) - 3600 })
  database = await createTestDatabase({ mail: true })
})
afterEach(async () => {
  await old.drop()
  await database.drop()
})
afterAll(() => rm(folder, { recursive: true }))

async function importDjango(words: string[] = [], settings: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    SECRET_KEY: 'x'.repeat(40),
    DATABASE_URL: database.url,
    DJANGO_DATABASE_URL: old.url,
    DJANGO_SECRET_KEY,
    ...settings,
  }
  const child = spawn(process.execPath, [cli, 'import', 'django', ...words], { env })
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

const readUsers = () =>
  database.sql`select id, external_id, email, email_verified, role, password_form from users order by external_id`
const readSessions = () => database.sql`select id, user_id, generation, created_at from sessions order by id`

describe('latchkey import django', () => {
  it('moves three users and four sessions in, and a second time changes nothing', async () => {
    const first = await importDjango(['--unverified', 'pending'])
    expect(first).toMatchObject({ code: 0 })
    const before = { users: await readUsers(), sessions: await readSessions() }
    expect(before.users).toMatchObject([
      { external_id: '1', email: 'ada@example.com', email_verified: true, role: 0, password_form: 1 },
      { external_id: '2', email: 'grace@example.com', email_verified: true, role: 1000, password_form: 1 },
    ])
    expect(await database.sql`select email, external_id, password_form from pending_registrations`).toEqual([
      { email: 'edsger@example.com', external_id: '3', password_form: 1 },
    ])
    expect(before.sessions).toHaveLength(4)
    expect(await importDjango(['--unverified', 'pending', '--final'])).toMatchObject({ code: 0 })
    expect({ users: await readUsers(), sessions: await readSessions() }).toEqual(before)
  })

  it('tells in a dry run what moves, and writes nothing', async () => {
    const [held] = await listLiveTokens({ liveAt: Math.floor(Date.now() / 1000) - 3600 })
    const token = join(folder, 'token')
    await writeFile(token, `${held?.refresh}\n`)
    const { code, out } = await importDjango(['--dry-run', '--sample-token', token])
    expect(code).toBe(0)
    for (const line of [
      /^user table +public\.jwt_allauth_jauser$/m,
      /^hash pbkdf2_sha256\$1000000 +3$/m,
      /^highest key +3$/m,
      /^REFRESH_TOKEN_LIFETIME +1209600s$/m,
      /^sample token +refresh token, signed by the key$/m,
      /^users +3$/m,
      /^sessions +4$/m,
      /1003/,
    ]) {
      expect(out).toMatch(line)
    }
    expect(await readUsers()).toEqual([])
    expect(await database.sql`select 1 from imports`).toEqual([])
  })

  it('refuses another key than that of the sample token before it writes', async () => {
    const [held] = await listLiveTokens()
    const token = join(folder, 'another')
    await writeFile(token, held?.refresh ?? '')
    const { code, err } = await importDjango(['--sample-token', token], { DJANGO_SECRET_KEY: 'y'.repeat(40) })
    expect(code).toBe(1)
    expect(err).toMatch(/^The sample token is not signed by DJANGO_SECRET_KEY/m)
    expect(await readUsers()).toEqual([])
  })

  it('writes a report that only its owner may read, with a word for each case', async () => {
    await old.sql`update account_emailaddress set verified = true where user_id = 3`
    await old.sql`insert into account_emailaddress values (9, 'second@example.com', true, false, 1)`
    await old.sql`update jwt_allauth_jauser set is_active = false where id = 2`
    const report = join(folder, 'report.jsonl')
    expect(await importDjango(['--report', report])).toMatchObject({ code: 0 })
    expect((await stat(report)).mode & 0o777).toBe(0o600)
    const text = await readFile(report, 'utf8')
    const cases = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(cases).toContainEqual({
      word: 'secondary_address',
      old_id: '1',
      email: 'ada@example.com',
      with: 'second@example.com',
    })
    expect(cases).toContainEqual({ word: 'inactive', old_id: '2', email: 'grace@example.com', with: null })
    expect(text).not.toContain('pbkdf2')
  })

  it('moves a second factor in, and stops for one that it cannot read', async () => {
    const secret = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'
    const insert = (data: object) =>
      old.sql`insert into mfa_authenticator (id, type, data, user_id, created_at)
        values (${crypto.getRandomValues(new Uint16Array(1))[0] ?? 0}, 'totp', ${JSON.stringify(data)}::text::jsonb, 1, now())`
    await insert({ secret: 'gAAAAABmZ0Z1c2VkLW5vdGhpbmctcmVhbA==' })
    const stopped = await importDjango()
    expect(stopped.code).toBe(1)
    expect(stopped.err).toContain('--mfa drop')
    expect(await readUsers()).toEqual([])
    await old.sql`delete from mfa_authenticator`
    await insert({ secret })
    expect(await importDjango()).toMatchObject({ code: 0 })
    const factors = await database.sql`select external_id, second_factor from users order by external_id`
    expect(factors).toEqual([
      { external_id: '1', second_factor: true },
      { external_id: '2', second_factor: false },
      { external_id: '3', second_factor: false },
    ])
  })

  it.each([
    [
      'no address of the deployment',
      { DJANGO_DATABASE_URL: '' },
      /^Set DJANGO_DATABASE_URL to the database of the source: postgres:/m,
    ],
    ['an address that is none', { DJANGO_DATABASE_URL: 'mysql://x' }, /DJANGO_DATABASE_URL must be a URL/],
  ])('is refused with %s', async (_, settings, message) => {
    const { code, err } = await importDjango([], settings)
    expect(code).toBe(1)
    expect(err).toMatch(message)
  })

  it('does not show the password of the deployment where its database refuses it', async () => {
    const url = Object.assign(new URL(old.url), { username: 'nobody_there', password: 'very-secret' }).href
    const { code, out, err } = await importDjango([], { DJANGO_DATABASE_URL: url })
    expect(code).toBe(1)
    expect(err).toContain('DJANGO_DATABASE_URL')
    expect(out + err).not.toContain('very-secret')
  })
})
