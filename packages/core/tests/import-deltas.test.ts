import { createTestCore, TEST_SECRET_KEY, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportCase, ImportOptions } from '../src/imports/options.ts'
import type { Source } from '../src/imports/records.ts'
import { runImport } from '../src/imports/run-import.ts'
import { undoImport } from '../src/imports/undo-import.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { deleteUser } from '../src/operations/staff/delete-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { hashLinkSecret, newLinkSecret } from '../src/steps/link-secret.ts'
import { makeUpSession, makeUpSource, RUN } from './support/made-up-source.ts'

let test: TestCore
let named = 0
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const databaseOf = () => ({ url: test.database.url, poolSize: 1, prepare: true })

async function importFrom(source: Source, options: Partial<ImportOptions> = {}, ctx = test.ctx) {
  const cases: ImportCase[] = []
  const onCase = (found: ImportCase) => void cases.push(found)
  const outcome = await runImport(ctx, databaseOf(), source, { ...RUN, ...options, onCase })
  return { ...outcome, cases, words: cases.map(({ word }) => word) }
}

function newSource(...[people, rest]: Parameters<typeof makeUpSource>) {
  const start = ++named * 1000 + 200_000
  const keyed = people.map((user, index) => ({ oldId: String(start + index + 1), ...user }))
  return makeUpSource(keyed, { name: `delta ${named}`, ...rest })
}

const readUser = async (email = '') =>
  (await test.database.sql`select * from users where email = ${email}`)[0]

describe('a sign-up that was moved in', () => {
  const mandatory = () => withConfig(test.ctx, { emailVerification: 'mandatory' })
  const waiting = { unverified: 'pending' } as const

  /** The link that a mail to the address of a sign-up has. */
  async function makeLink(email: string): Promise<string> {
    const key = newLinkSecret()
    await test.database.sql`
      insert into capabilities (token_hash, purpose, registration_id, email, created_at, expires_at)
      select ${hashLinkSecret(key)}, 'confirm_registration', id, email, now(), expires_at
      from pending_registrations where email = ${email}`
    return key
  }

  const KEYS = {
    uuid: '0b1c7d0a-5f3e-4f0a-9c55-1a2b3c4d5e6f',
    integer: '4711',
    text: 'user_2abc',
  } as const

  it.each(Object.entries(KEYS))(
    'and is confirmed here becomes the user with the id of its %s key, and the next run knows it',
    async (keyType, oldId) => {
      const email = `${keyType}@moved.example.com`
      const source = newSource([{ oldId, email, emailVerified: false }], { keyType: keyType as 'uuid' })
      await importFrom(source, waiting)
      const [known] = await test.database
        .sql`select user_id from imported_users where source = ${source.name}`
      await verifyEmail(mandatory(), { key: await makeLink(email) })
      const user = await readUser(email)
      expect(user).toMatchObject({ id: known?.user_id, external_id: keyType === 'uuid' ? null : oldId })
      if (keyType === 'uuid') expect(user?.id).toBe(oldId)
      source.people = source.people.map((person) => ({ ...person, emailVerified: true, role: 7 }))
      source.live = [makeUpSession(oldId)]
      const { words, counts } = await importFrom(source, waiting)
      expect(words).toEqual([])
      expect(counts).toMatchObject({ stored_sessions: 1 })
      expect(await readUser(email)).toMatchObject({ id: known?.user_id, role: 7 })
    },
  )

  it('and was confirmed and then deleted here stays deleted when the source proves its address', async () => {
    const source = newSource([{ emailVerified: false }, {}])
    const [{ email } = { email: '' }] = source.people
    await importFrom(source, waiting)
    await verifyEmail(mandatory(), { key: await makeLink(email) })
    await deleteUser(test.ctx, { by: OPERATOR, userId: (await readUser(email))?.id })
    source.people = source.people.map((person) => ({ ...person, emailVerified: true }))
    await importFrom(source, waiting)
    expect(await readUser(email)).toBeUndefined()
  })

  it('takes no proof of its former address for the one that it has at the source since', async () => {
    const source = newSource([{ emailVerified: false }])
    const [{ email } = { email: '' }] = source.people
    await importFrom(source, waiting)
    const key = await makeLink(email)
    source.people = source.people.map((person) => ({ ...person, email: `new-${email}` }))
    await importFrom(source, waiting)
    await expect(verifyEmail(mandatory(), { key })).rejects.toMatchObject({ code: 'not_found' })
    expect(await readUser(`new-${email}`)).toBeUndefined()
  })

  it('whose address somebody else proved here is told when the source proves it too', async () => {
    const source = newSource([{ emailVerified: false }])
    const [{ email } = { email: '' }] = source.people
    await importFrom(source, waiting)
    await test.database.sql`insert into users (id, email, password_hash, email_verified)
      values (gen_random_uuid(), ${email}, '$argon2id$own', true)`
    source.people = source.people.map((person) => ({ ...person, emailVerified: true }))
    const { words } = await importFrom(source, waiting)
    expect(words).toEqual(['taken_here'])
    expect(await readUser(email)).toMatchObject({ password_hash: '$argon2id$own' })
  })
})

describe('after a new SECRET_KEY', () => {
  it('a run with wrap changes no user and ends no session', async () => {
    const rekeyed = await createTestCore({
      database: test.database,
      secretKeyFallbacks: [TEST_SECRET_KEY],
      secretKey: 'another-secret-of-tests-0123456789-abcdefghijklmnopqrstu',
    })
    const weak = { passwordHash: 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99' }
    const source = newSource([weak, weak])
    source.live = source.people.map(({ oldId }) => makeUpSession(oldId))
    await importFrom(source, { weak: 'wrap' })
    const [plain, upgraded] = source.people
    await test.database
      .sql`update users set password_hash = '$argon2id$up' where email = ${upgraded?.email ?? ''}`
    const before = [await readUser(plain?.email), await readUser(upgraded?.email)]
    expect(before[0]?.password_hash).not.toBe(before[1]?.password_hash)
    try {
      expect((await importFrom(source, { weak: 'wrap' }, rekeyed.ctx)).words).toEqual([
        'weak_hash',
        'weak_hash',
      ])
    } finally {
      await rekeyed.close()
    }
    expect([await readUser(plain?.email), await readUser(upgraded?.email)]).toEqual(before)
  })
})

describe('the counts of a run', () => {
  it('have the work of those users only who move in', async () => {
    const shared = { email: 'shared-work@example.com' }
    const source = newSource([{}, shared, shared, { email: '' }])
    const { counts } = await importFrom(source, { acceptDuplicates: true })
    const work = Object.entries(counts).filter(([name]) => name.startsWith('work:'))
    expect(work).toHaveLength(1)
    expect(work[0]?.[1]).toBe(2)
    expect(counts.stored_users).toBe(2)
  })
})

describe('a hostile session', () => {
  it('is left out, and the others move in', async () => {
    const source = newSource([{}])
    const oldId = source.people[0]?.oldId ?? ''
    const good = makeUpSession(oldId, { jti: 'good' })
    const times = [
      '+010000-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '-000044-03-15T00:00:00Z',
      '+275760-09-13T00:00:00Z',
    ]
    source.live = [
      good,
      makeUpSession(oldId, { sessionId: good.sessionId, jti: 'twice' }),
      ...times.map((time) => makeUpSession(oldId, { jti: time, createdAt: new Date(time) })),
      makeUpSession(oldId, { jti: 'x\0y' }),
      makeUpSession(oldId, { jti: 'lone \uD800' }),
    ]
    const { counts } = await importFrom(source)
    expect(counts.stored_sessions).toBe(1)
    const [user] = await test.database.sql`select id from users where external_id = ${oldId}`
    expect(await test.database.sql`select id from sessions where user_id = ${user?.id}`).toEqual([
      { id: good.sessionId },
    ])
  })
})

describe('undo', () => {
  it('forgets the sessions of the users that it deletes, also those that had ended at the source', async () => {
    const source = newSource([{}])
    const oldId = source.people[0]?.oldId ?? ''
    source.live = [makeUpSession(oldId, { jti: 'a' }), makeUpSession(oldId, { jti: 'b' })]
    const { id } = await importFrom(source)
    source.live = source.live.slice(1)
    await importFrom(source)
    expect(await undoImport(databaseOf(), id ?? '')).toMatchObject({ deleted: 1, kept: 0 })
    expect(await test.database.sql`select from imported_sessions where source = ${source.name}`).toEqual([])
  })
})
