import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportCase, ImportOptions } from '../src/imports/options.ts'
import type { Source } from '../src/imports/records.ts'
import { runImport } from '../src/imports/run-import.ts'
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
