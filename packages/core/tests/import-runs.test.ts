import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportCase, ImportOptions } from '../src/imports/options.ts'
import type { Source, SourceUser } from '../src/imports/records.ts'
import { runImport } from '../src/imports/run-import.ts'
import { undoImport } from '../src/imports/undo-import.ts'
import { normalizeEmail } from '../src/words/email.ts'
import { DJANGO_HASH, makeUpSession, makeUpSource, makeUpUser, RUN } from './support/made-up-source.ts'

let test: TestCore
let named = 0
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Runs an import, and collects what it tells. */
async function importFrom(source: Source, options: Partial<ImportOptions> = {}) {
  const cases: ImportCase[] = []
  const outcome = await runImport(test.ctx, databaseOf(test), source, {
    ...RUN,
    ...options,
    onCase: (found) => void cases.push(found),
  })
  return { ...outcome, cases, words: cases.map(({ word }) => word) }
}

function databaseOf({ database }: TestCore) {
  return { url: database.url, poolSize: 1, prepare: true }
}

/** A source whose keys and addresses no other test has. */
function newSource(...[people, rest]: Parameters<typeof makeUpSource>) {
  const start = ++named * 1000
  const keyed = people.map((user, index) => ({ oldId: String(start + index + 1), ...user }))
  return makeUpSource(keyed, { name: `source ${named}`, ...rest })
}

const readUser = async (email: string) =>
  (await test.database.sql`select * from users where email = ${email}`)[0]
const readSessions = async (userId: string) =>
  test.database.sql`select * from sessions where user_id = ${userId} order by id`

/** Every row of the tables that an import writes. */
async function readAll() {
  const { sql } = test.database
  return Promise.all(
    [
      'users',
      'sessions',
      'pending_registrations',
      'imports',
      'imported_users',
      'imported_sessions',
      'totp_factors',
    ].map(async (table) => [table, ...(await sql`select t::text as row from ${sql(table)} t order by 1`)]),
  )
}

describe('an import', () => {
  it('stores users and sessions, and a second run changes no row', async () => {
    const source = newSource([{ role: 1000 }, { firstName: ' Gr\u0007ace\u202E ', passwordHash: '!x' }])
    const [ada, grace] = source.people
    source.live = [makeUpSession(ada?.oldId ?? ''), makeUpSession(grace?.oldId ?? '')]
    const first = await importFrom(source)
    expect(first).toMatchObject({
      stops: [],
      counts: { stored_users: 2, stored_sessions: 2, no_password: 1 },
    })
    const stored = await readUser(ada?.email ?? '')
    expect(stored).toMatchObject({
      external_id: ada?.oldId,
      password_hash: DJANGO_HASH,
      password_form: 1,
      role: 1000,
      email_verified: true,
      session_epoch: 0,
      created_at: ada?.createdAt,
    })
    expect(await readUser(grace?.email ?? '')).toMatchObject({ first_name: 'Gr ace', password_hash: '!' })
    expect(await readSessions(stored?.id)).toMatchObject([{ generation: 0, rotation_key: null, jkt: null }])
    const before = (await readAll()).filter(([table]) => table !== 'imports')
    const second = await importFrom(source)
    expect(second.counts.stored_users).toBeUndefined()
    expect((await readAll()).filter(([table]) => table !== 'imports')).toEqual(before)
  })

  it('writes nothing in a dry run, in no table', async () => {
    const source = newSource([{}, { email: 'ü@example.com' }], { live: [] })
    source.live = source.people.map(({ oldId }) => makeUpSession(oldId))
    const before = await readAll()
    const { counts, firstExternalId, id } = await importFrom(source, { dryRun: true })
    expect(counts).toMatchObject({ users: 2, accounts: 2, sessions: 2, 'role 0': 2, verified: 2 })
    expect(id).toBeNull()
    expect(firstExternalId).toBe(String(named * 1000 + 2 + 1000))
    expect(await readAll()).toEqual(before)
  })

  it('counts in a dry run the sessions that the run then stores', async () => {
    const email = 'twice@ex.com'
    const source = newSource([{}, { email }, { email }, { isActive: false }, { email: 'counted@ex.com' }, {}])
    source.live = source.people.map(({ oldId }) => makeUpSession(oldId))
    await insertOwn('counted@ex.com', true)
    const options = { acceptDuplicates: true, acceptTaken: true }
    expect(await importFrom(source, { ...options, dryRun: true })).toMatchObject({ counts: { sessions: 3 } })
    expect(await importFrom(source, options)).toMatchObject({ counts: { sessions: 3, stored_sessions: 3 } })
    await test.database.sql`delete from users where email = ${source.people[0]?.email ?? ''}`
    expect(await importFrom(source, { ...options, dryRun: true })).toMatchObject({ counts: { sessions: 2 } })
  })

  it('brings over what changed there, keeps what was changed here, and tells of both changes', async () => {
    const source = newSource([{}, {}, {}])
    const [there, here, both] = source.people
    await importFrom(source)
    const { sql } = test.database
    await sql`update users set first_name = 'Mine', password_hash = '$argon2id$mine', password_form = 0
      where email in ${sql([here?.email ?? '', both?.email ?? ''])}`
    source.people = source.people.map((user) =>
      user === here ? { ...user, lastName: 'Hopper' } : { ...user, firstName: 'Theirs', role: 7 },
    )
    const { cases } = await importFrom(source)
    expect(await readUser(there?.email ?? '')).toMatchObject({
      first_name: 'Theirs',
      role: 7,
      session_epoch: 1,
    })
    expect(await readUser(here?.email ?? '')).toMatchObject({
      first_name: 'Mine',
      last_name: 'Hopper',
      session_epoch: 0,
    })
    expect(await readUser(both?.email ?? '')).toMatchObject({ first_name: 'Mine', role: 7 })
    expect(cases).toMatchObject([{ word: 'changed_here', oldId: both?.oldId, with: 'first_name' }])
  })

  it('takes a password that changed there, and ends the sessions that went on here', async () => {
    const source = newSource([{}])
    const [user] = source.people
    const oldId = user?.oldId ?? ''
    source.live = [makeUpSession(oldId, { jti: 'a' }), makeUpSession(oldId, { jti: 'b' })]
    await importFrom(source)
    const { sql } = test.database
    const id = (await readUser(user?.email ?? ''))?.id
    const [gone] = source.live
    await sql`update sessions set generation = 3 where id = ${gone?.sessionId ?? ''}`
    await sql`update imported_sessions set state = 'exchanged' where session_id = ${gone?.sessionId ?? ''}`
    const changed = DJANGO_HASH.replace('$1000$', '$2000$')
    source.people = [makeUpUser({ ...user, passwordHash: changed })]
    await importFrom(source)
    expect(await readUser(user?.email ?? '')).toMatchObject({ password_hash: changed, session_epoch: 1 })
    expect(await readSessions(id)).toMatchObject([{ id: source.live[1]?.sessionId, generation: 0 }])
  })

  it('keeps a password that was set here, and takes a new one over an upgraded hash', async () => {
    const source = newSource([{}, {}])
    const [set, upgraded] = source.people
    await importFrom(source)
    const { sql } = test.database
    await sql`update users set password_hash = '$argon2id$set', password_form = 0 where email = ${set?.email ?? ''}`
    await sql`update users set password_hash = '$argon2id$up' where email = ${upgraded?.email ?? ''}`
    const changed = DJANGO_HASH.replace('$1000$', '$3000$')
    source.people = source.people.map((user) => ({ ...user, passwordHash: changed }))
    const { cases } = await importFrom(source)
    expect(await readUser(set?.email ?? '')).toMatchObject({ password_hash: '$argon2id$set' })
    expect(await readUser(upgraded?.email ?? '')).toMatchObject({ password_hash: changed })
    expect(cases).toMatchObject([{ word: 'changed_here', oldId: set?.oldId, with: 'password_hash' }])
  })

  it('follows a rotation there, and ends a session that ended there', async () => {
    const source = newSource([{}])
    const oldId = source.people[0]?.oldId ?? ''
    source.live = [makeUpSession(oldId, { jti: 'a' }), makeUpSession(oldId, { jti: 'b' })]
    const [kept, ended] = source.live
    await importFrom(source)
    const rotatedAt = new Date(Date.now() + 60_000)
    source.live = [{ ...(kept ?? makeUpSession(oldId)), jti: 'f'.repeat(32), createdAt: rotatedAt }]
    const { counts } = await importFrom(source)
    expect(counts).toMatchObject({ ended_sessions: 1 })
    const { sql } = test.database
    expect(
      await sql`select jti, state from imported_sessions where session_id = ${kept?.sessionId ?? ''}`,
    ).toMatchObject([{ jti: 'f'.repeat(32), state: 'waiting' }])
    expect(await sql`select last_seen_at from sessions where id = ${kept?.sessionId ?? ''}`).toMatchObject([
      { last_seen_at: rotatedAt },
    ])
    expect(await sql`select from sessions where id = ${ended?.sessionId ?? ''}`).toHaveLength(0)
  })

  it('brings no session back that ended here, and no user that was deleted here', async () => {
    const source = newSource([{}, {}])
    const [deleted, left] = source.people
    source.live = source.people.map(({ oldId }) => makeUpSession(oldId))
    await importFrom(source)
    const { sql } = test.database
    await sql`delete from users where email = ${deleted?.email ?? ''}`
    await sql`delete from sessions where user_id = (select id from users where email = ${left?.email ?? ''})`
    source.people = source.people.map((user) => ({ ...user, lastName: 'Changed' }))
    await importFrom(source)
    expect(await readUser(deleted?.email ?? '')).toBeUndefined()
    expect(await readSessions((await readUser(left?.email ?? ''))?.id)).toHaveLength(0)
  })
})

/** One conflict: what the source has, what is here, and what the run tells. */
interface Conflict {
  people: Partial<SourceUser>[]
  /** Works on the database before the run. */
  before?: (emails: string[]) => Promise<unknown>
  options?: Partial<ImportOptions>
  words: string[]
  /** Whether each user of the source has its address here after the run, by the old id. */
  stored: boolean[]
  stops?: RegExp
}

const SHARED = { email: 'Twice@Example.com' }

const CONFLICTS: Record<string, Conflict> = {
  'two addresses that are one after normalisation stop the run': {
    people: [{ email: 'one@exämple.com' }, { email: 'ONE@xn--exmple-cua.com' }],
    words: ['duplicate_address'],
    stored: [false, false],
    stops: /--accept-duplicates/,
  },
  'a proven address wins over a later sign-in': {
    people: [{ ...SHARED, emailVerified: false, lastLogin: new Date() }, { email: 'twice@example.com' }],
    options: { acceptDuplicates: true },
    words: ['unverified', 'duplicate_address'],
    stored: [false, true],
  },
  'an active user wins over a later sign-in': {
    people: [{ email: 'b@ex.com', isActive: false, lastLogin: new Date() }, { email: 'B@ex.com' }],
    options: { acceptDuplicates: true },
    words: ['inactive', 'duplicate_address'],
    stored: [false, true],
  },
  'the newest sign-in wins': {
    people: [
      { email: 'c@ex.com', lastLogin: new Date(0) },
      { email: 'C@ex.com', lastLogin: new Date() },
    ],
    options: { acceptDuplicates: true },
    words: ['duplicate_address'],
    stored: [false, true],
  },
  'the lowest key wins, as a number': {
    people: [
      { email: 'd@ex.com', oldId: '1000000000000000010' },
      { email: 'D@ex.com', oldId: '999999999999999999' },
    ],
    options: { acceptDuplicates: true },
    words: ['duplicate_address'],
    stored: [false, true],
  },
  'a user without an address is left out': {
    people: [{ email: ' ' }],
    words: ['no_address'],
    stored: [false],
  },
  'an address that our rules refuse moves in': {
    people: [{ email: 'e@localhost' }, { email: 'e@[127.0.0.1]' }, { email: `${'e'.repeat(100)}@ex.com` }],
    words: ['address_not_ours', 'address_not_ours', 'address_not_ours'],
    stored: [true, true, true],
  },
  'a hash of no known format is stored as unusable': {
    people: [{ passwordHash: 'crypt$$abc' }, { passwordHash: 'pbkdf2_sha256$99999999$s$eA==' }],
    words: ['unknown_hash', 'unreadable_hash'],
    stored: [true, true],
  },
  'a weak hash stops the run': {
    people: [{ passwordHash: 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99' }],
    words: ['weak_hash'],
    stored: [false],
    stops: /--weak wrap/,
  },
  'a weak hash moves in as unusable with reset': {
    people: [{ passwordHash: 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99' }],
    options: { weak: 'reset' },
    words: ['weak_hash'],
    stored: [true],
  },
  'a second factor stops the run with mfa=stop': {
    people: [{ totp: { secret: 'JBSWY3DPEHPK3PXP' } }],
    options: { mfa: 'stop' },
    words: ['mfa'],
    stored: [false],
    stops: /--mfa keep/,
  },
  'a second factor that cannot be read stops the run': {
    people: [{ remarks: [{ word: 'mfa_unreadable' }] }],
    words: ['mfa_unreadable'],
    stored: [false],
    stops: /--mfa drop/,
  },
  'a key that comes twice counts once': {
    people: [{ oldId: '77' }, { oldId: '77', email: 'other@ex.com' }],
    options: { acceptDuplicates: true },
    words: ['duplicate_id'],
    stored: [true, false],
  },
  'an address that is taken here stops the run': {
    people: [{ email: 'taken@ex.com' }],
    before: ([email]) => insertOwn(email, true),
    words: ['taken_here'],
    stored: [true],
    stops: /--adopt .*--accept-taken/,
  },
  'an address that is not proven here is not adopted': {
    people: [{ email: 'unproven@ex.com' }],
    before: ([email]) => insertOwn(email, false),
    options: { adopt: true, acceptTaken: true },
    words: ['unproven_here'],
    stored: [true],
  },
}

async function insertOwn(email = '', verified: boolean) {
  await test.database.sql`insert into users (id, email, password_hash, email_verified)
    values (gen_random_uuid(), ${email}, '$argon2id$own', ${verified})`
}

describe('a conflict:', () => {
  it.each(Object.entries(CONFLICTS))('%s', async (_, { people, before, options, words, stored, stops }) => {
    const source = newSource(people)
    const emails = source.people.map(({ email }) => normalizeEmail(email))
    await before?.(emails)
    const runs = () => test.database.sql`select from imports`
    const former = await runs()
    const outcome = await importFrom(source, options)
    expect(outcome.words).toEqual(words)
    for (const word of words) expect(outcome.counts[word]).toBeGreaterThan(0)
    expect(outcome.id === null).toBe(stops !== undefined)
    expect(outcome.stops.join()).toMatch(stops ?? /^$/)
    if (stops) expect(await runs()).toHaveLength(former.length)
    const here = source.people.map(async ({ email, oldId }) => {
      const user = await readUser(normalizeEmail(email))
      return user !== undefined && (user.external_id === oldId || user.external_id === null)
    })
    expect(await Promise.all(here)).toEqual(stored)
  })

  it('a user with an address that is proven on both sides is adopted with its sessions, and undo unties it', async () => {
    const source = newSource([{ email: 'both@ex.com' }])
    const oldId = source.people[0]?.oldId ?? ''
    source.live = [makeUpSession(oldId)]
    await insertOwn('both@ex.com', true)
    const { words, id } = await importFrom(source, { adopt: true })
    expect(words).toEqual(['adopted'])
    const adopted = await readUser('both@ex.com')
    expect(adopted).toMatchObject({ external_id: oldId, password_hash: '$argon2id$own' })
    expect(await readSessions(adopted?.id)).toHaveLength(1)
    await undoImport(databaseOf(test), id ?? '')
    expect(await readUser('both@ex.com')).toMatchObject({ external_id: null, password_hash: '$argon2id$own' })
    expect(await readSessions(adopted?.id)).toHaveLength(0)
  })

  it('an id that another user has here for other services is taken', async () => {
    const source = newSource([{}])
    await insertOwn('idholder@ex.com', true)
    await test.database
      .sql`update users set external_id = ${source.people[0]?.oldId ?? ''} where email = 'idholder@ex.com'`
    const { words, stops } = await importFrom(source)
    expect(words).toEqual(['id_taken'])
    expect(stops).toHaveLength(1)
  })
})
