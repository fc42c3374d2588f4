import { pbkdf2Sync } from 'node:crypto'
import {
  createTestCore,
  createTestDatabase,
  NEW_PASSWORD,
  openSql,
  PASSWORD,
  requireTokens,
  type TestCore,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportCase, ImportOptions } from '../src/imports/options.ts'
import type { Source } from '../src/imports/records.ts'
import { runImport } from '../src/imports/run-import.ts'
import { undoImport } from '../src/imports/undo-import.ts'
import { login } from '../src/operations/auth/login.ts'
import { activateTotp } from '../src/operations/mfa/activate-totp.ts'
import { setUpTotp } from '../src/operations/mfa/set-up-totp.ts'
import { verifyRecoveryCode } from '../src/operations/mfa/verify-recovery-code.ts'
import { verifyTotp } from '../src/operations/mfa/verify-totp.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { makeUpSession, makeUpSource, RUN } from './support/made-up-source.ts'

let test: TestCore
let named = 0
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const databaseOf = ({ database }: Pick<TestCore, 'database'>) => ({
  url: database.url,
  poolSize: 1,
  prepare: true,
})

async function importFrom(source: Source, options: Partial<ImportOptions> = {}, { ctx } = test) {
  const cases: ImportCase[] = []
  const onCase = (found: ImportCase) => void cases.push(found)
  const outcome = await runImport(ctx, databaseOf(test), source, { ...RUN, ...options, onCase })
  return { ...outcome, cases, words: cases.map(({ word }) => word) }
}

function newSource(
  [...people]: Parameters<typeof makeUpSource>[0],
  rest?: Parameters<typeof makeUpSource>[1],
) {
  const start = ++named * 1000 + 100_000
  const keyed = people.map((user, index) => ({ oldId: String(start + index + 1), ...user }))
  return makeUpSource(keyed, { name: `ending ${named}`, ...rest })
}

const readUser = async (email = '') =>
  (await test.database.sql`select * from users where email = ${email}`)[0]

describe('a final run', () => {
  it('deactivates who is gone there and untouched here, tells of both, and brings a user back who returns', async () => {
    const source = newSource([{}, {}, {}])
    const [gone, touched] = source.people
    source.live = source.people.map(({ oldId }) => makeUpSession(oldId))
    await importFrom(source)
    const { sql } = test.database
    await sql`update users set first_name = 'Mine' where email = ${touched?.email ?? ''}`
    const all = source.people
    source.people = all.slice(2)
    const { words, counts, firstExternalId } = await importFrom(source, { final: true })
    expect(words.toSorted()).toEqual(['gone', 'gone_and_kept'])
    expect(counts).toMatchObject({ gone: 1, gone_and_kept: 1 })
    const ended = await readUser(gone?.email)
    expect(ended).toMatchObject({ is_active: false, session_epoch: 1 })
    expect(await sql`select from sessions where user_id = ${ended?.id}`).toHaveLength(0)
    expect(await readUser(touched?.email)).toMatchObject({ is_active: true })
    const [next] = await sql`select nextval('users_external_id')::text as id`
    expect(next?.id).toBe(firstExternalId)
    source.people = all
    await importFrom(source, { final: true })
    expect(await readUser(gone?.email)).toMatchObject({ is_active: true })
  })

  it('is followed by final runs only, until the import is undone', async () => {
    const source = newSource([{}])
    const { id } = await importFrom(source, { final: true })
    await expect(importFrom(source)).rejects.toThrow(/was final.*Add --final.*latchkey import undo/)
    await expect(importFrom(source, { dryRun: true })).resolves.toMatchObject({ id: null })
    await undoImport(databaseOf(test), id ?? '')
    const [run] = await test.database.sql`select final from imports where id = ${id}`
    expect(run).toEqual({ final: false })
    await expect(importFrom(source)).resolves.toMatchObject({ counts: { stored_users: 1 } })
  })

  it('stops where more than a tenth of the users is missing, as in half a source, unless that is accepted', async () => {
    const source = newSource(Array.from({ length: 22 }, () => ({})))
    await importFrom(source)
    const last = source.people.at(-1)
    source.people = source.people.slice(0, 11)
    const { stops } = await importFrom(source, { final: true })
    expect(stops).toEqual([expect.stringMatching(/^11 users .*--accept-missing\.$/)])
    expect(await readUser(last?.email)).toMatchObject({ is_active: true })
    await importFrom(source, { final: true, acceptMissing: true })
    expect(await readUser(last?.email)).toMatchObject({ is_active: false })
  })

  it('of a source without users is refused, and deactivates nobody', async () => {
    const source = newSource([{}])
    await importFrom(source)
    const [user] = source.people
    source.people = []
    await expect(importFrom(source, { final: true })).rejects.toThrow('The source has no users')
    expect(await readUser(user?.email)).toMatchObject({ is_active: true })
  })
})

describe('undo', () => {
  it('deletes the untouched users with all that is known of them, and tells of the others', async () => {
    const source = newSource([{}, {}, {}, {}, {}])
    const [, changed, exchanged, acted, failed] = source.people
    source.live = source.people.map(({ oldId }) => makeUpSession(oldId))
    const { id } = await importFrom(source)
    const { sql } = test.database
    const idOf = async (user: typeof changed) => (await readUser(user?.email))?.id
    await sql`update users set last_name = 'Mine' where email = ${changed?.email ?? ''}`
    await sql`update imported_sessions set state = 'exchanged' where user_id = ${await idOf(exchanged)}`
    await sql`update sessions set generation = 1 where user_id = ${await idOf(exchanged)}`
    for (const [user, kind] of [
      [acted, 'login'],
      [failed, 'login_failed'],
    ] as const) {
      await sql`insert into audit_events (id, user_id, actor, kind, ip, details, created_at)
        values (gen_random_uuid(), ${await idOf(user)}, 'anyone', ${kind}, '192.0.2.9', '{}', now())`
    }
    const failedId = await idOf(failed)
    const cases: ImportCase[] = []
    const undone = await undoImport(databaseOf(test), id ?? '', { onCase: (found) => void cases.push(found) })
    expect(undone).toMatchObject({ deleted: 2, kept: 3 })
    expect(cases.map(({ oldId }) => oldId)).toEqual([changed?.oldId, exchanged?.oldId, acted?.oldId])
    const left = await sql`select old_id from imported_users where source = ${source.name} order by old_id`
    expect(left.map(({ old_id }) => old_id)).toEqual(cases.map(({ oldId }) => oldId))
    expect(await sql`select from imported_sessions where source = ${source.name}`).toHaveLength(3)
    expect(await sql`select ip from audit_events where user_id = ${failedId}`).toEqual([{ ip: null }])
    const { counts } = await importFrom(source)
    expect(counts).toMatchObject({ stored_users: 2, stored_sessions: 2 })
  })

  it('of an unknown import is refused', async () => {
    const id = crypto.randomUUID()
    await expect(undoImport(databaseOf(test), id)).rejects.toThrow(`There is no import ${id}.`)
  })
})

describe('a user without a proven address', () => {
  it('waits as a sign-up, becomes a user when the source proves it, and goes with undo', async () => {
    const source = newSource([
      { emailVerified: false },
      { emailVerified: false, role: 1000 },
      { emailVerified: false, isActive: false },
    ])
    const [plain, staff, inactive] = source.people
    const { id } = await importFrom(source, { unverified: 'pending' })
    const { sql } = test.database
    const pendings = () =>
      sql`select external_id, password_form from pending_registrations where email = ${plain?.email ?? ''}`
    expect(await pendings()).toEqual([{ external_id: plain?.oldId, password_form: 1 }])
    expect(await readUser(plain?.email)).toBeUndefined()
    expect(await readUser(staff?.email)).toMatchObject({ role: 1000, email_verified: false })
    expect(await readUser(inactive?.email)).toMatchObject({ is_active: false, email_verified: false })
    source.people = source.people.map((user) => ({ ...user, emailVerified: true }))
    await importFrom(source, { unverified: 'pending' })
    expect(await pendings()).toEqual([])
    expect(await readUser(plain?.email)).toMatchObject({ external_id: plain?.oldId, email_verified: true })
    expect(await undoImport(databaseOf(test), id ?? '')).toMatchObject({ deleted: 3, kept: 0 })
  })
})

describe('a second factor', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

  it('moves in with its recovery codes, and each works once', async () => {
    const source = newSource([{ totp: { secret }, recoveryCodes: ['12345678', '87654321'] }])
    const [user] = source.people
    const { words } = await importFrom(source)
    expect(words).toEqual(['mfa'])
    const passwordHash = await test.ctx.hasher.hash('correct horse battery' as never)
    await test.database
      .sql`update users set password_hash = ${passwordHash}, password_form = 0 where email = ${user?.email ?? ''}`
    const code = totpCode(secret, test.clock)
    for (const answer of [
      (challengeId: string) => verifyTotp(test.ctx, { challengeId, code }),
      (challengeId: string) =>
        verifyRecoveryCode(test.ctx, { challengeId, recoveryCode: '12345678' } as never),
    ]) {
      const signIn = async () => {
        const input = { email: user?.email ?? '', password: 'correct horse battery' }
        const begun = (await login(test.ctx, input as never)) as { challengeId: string }
        return answer(begun.challengeId)
      }
      expect(await signIn()).toHaveProperty('access')
      await expect(signIn()).rejects.toMatchObject({ code: expect.stringMatching(/invalid/) })
    }
  })

  it('follows the source while it is untouched here, and stays when it was used here', async () => {
    const source = newSource([{ totp: { secret } }, { totp: { secret } }, {}])
    const [removed, used, added] = source.people
    await importFrom(source)
    const { sql } = test.database
    await sql`update totp_factors set last_used_at = now() where user_id = ${(await readUser(used?.email))?.id}`
    source.people = source.people.map((user) => ({ ...user, totp: user === added ? { secret } : null }))
    const { cases, counts } = await importFrom(source)
    expect(counts).toMatchObject({ users: 3, changed_users: 2 })
    expect(await readUser(removed?.email)).toMatchObject({ second_factor: false, session_epoch: 1 })
    expect(await readUser(used?.email)).toMatchObject({ second_factor: true, session_epoch: 0 })
    expect(await readUser(added?.email)).toMatchObject({ second_factor: true, session_epoch: 1 })
    expect(cases).toContainEqual({
      word: 'changed_here',
      oldId: used?.oldId,
      email: used?.email,
      with: 'factors',
    })
  })
})

describe('a weak hash with wrap', () => {
  it('is stored wrapped, by the same text in each run, and no row has its digest', async () => {
    const digest = '5f4dcc3b5aa765d61d8327deb882cf99'
    const source = newSource([{ passwordHash: `md5$salt$${digest}` }])
    const [user] = source.people
    await importFrom(source, { weak: 'wrap' })
    const stored = (await readUser(user?.email))?.password_hash
    expect(stored).toMatch(/^latchkey-wrap\$md5\$salt\$\$argon2id\$/)
    source.people = source.people.map((person) => ({ ...person, firstName: 'Changed' }))
    await importFrom(source, { weak: 'wrap' })
    expect(await readUser(user?.email)).toMatchObject({
      first_name: 'Changed',
      password_hash: stored,
      session_epoch: 0,
    })
    const rows = await test.database.sql`
      select t::text as row from imported_users t union all select t::text from users t`
    expect(rows.filter(({ row }) => row.includes(digest))).toEqual([])
  })
})

describe('the sessions of a user', () => {
  it('are the newest ones, as many as one user may have', async () => {
    const source = newSource([{}])
    const oldId = source.people[0]?.oldId ?? ''
    const now = Date.now()
    source.live = [1, 2, 3].map((n) =>
      makeUpSession(oldId, { jti: `${n}`, createdAt: new Date(now - n * 1000) }),
    )
    const ctx = withConfig(test.ctx, { sessionsPerAccount: 2 })
    const { counts } = await importFrom(source, {}, { ...test, ctx })
    expect(counts).toMatchObject({ stored_sessions: 2, too_many_sessions: 1 })
    const kept = await test.database
      .sql`select session_id from imported_sessions where source = ${source.name}`
    expect(kept.map((row) => row.session_id).toSorted()).toEqual(
      source.live
        .slice(0, 2)
        .map(({ sessionId }) => sessionId)
        .toSorted(),
    )
  })

  const PBKDF2 = pbkdf2Sync(PASSWORD, 'salt', 1000, 32, 'sha256').toString('base64')

  /** A deployment of one user, who has signed in here after the first run. */
  async function openSource() {
    const source = newSource([{ passwordHash: `pbkdf2_sha256$1000$salt$${PBKDF2}` }])
    const [{ oldId, email } = { oldId: '', email: '' }] = source.people
    source.live = [makeUpSession(oldId, { jti: 'before' })]
    await importFrom(source)
    const { access } = requireTokens(await login(test.ctx, { email, password: PASSWORD }))
    const identity = await authenticate(test.ctx, access)
    const runAgain = async () => {
      source.live.push(makeUpSession(oldId, { jti: 'after' }))
      await importFrom(source)
      const rows = await test.database
        .sql`select id from sessions where user_id = ${identity.userId} and generation = 0 order by id`
      return rows.map(({ id }) => id)
    }
    return { source, identity, runAgain }
  }

  it('of a user who has only signed in here move in with the next run', async () => {
    const { source, runAgain } = await openSource()
    expect(await runAgain()).toEqual(source.live.map(({ sessionId }) => sessionId).sort())
  })

  it('of a user who has set a new password here do not move in: the former one opened them', async () => {
    const { identity, runAgain } = await openSource()
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await changePassword(test.ctx, { identity, oldPassword: PASSWORD, ...passwords })
    expect(await runAgain()).toEqual([])
  })

  it('that were moved in follow their tokens, also where a new password here has left them', async () => {
    const { source, identity } = await openSource()
    const keeping = withConfig(test.ctx, { logoutOnPasswordChange: false })
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await changePassword(keeping, { identity, oldPassword: PASSWORD, ...passwords })
    const [kept] = source.live
    source.live = source.live.map((session) => ({ ...session, jti: 'rotated' }))
    const { counts } = await importFrom(source, { dryRun: true })
    expect(counts.sessions ?? 0).toBe(0)
    await importFrom(source)
    expect(
      await test.database.sql`select jti from imported_sessions where session_id = ${kept?.sessionId ?? ''}`,
    ).toEqual([{ jti: 'rotated' }])
  })

  it('of a user who has turned a second factor on here do not move in: a password alone opened them', async () => {
    const { identity, runAgain } = await openSource()
    const { secret } = await setUpTotp(test.ctx, { by: { identity } })
    await activateTotp(test.ctx, { by: { identity }, code: totpCode(secret, test.clock) })
    expect(await runAgain()).toEqual([])
  })

  it('of an inactive user, of nobody, and those that have expired do not move in', async () => {
    const source = newSource([{ isActive: false }, {}])
    const [inactive, active] = source.people
    source.live = [
      makeUpSession(inactive?.oldId ?? ''),
      makeUpSession('404'),
      makeUpSession(active?.oldId ?? '', { createdAt: new Date(0) }),
    ]
    const { counts } = await importFrom(source)
    expect(counts.stored_sessions).toBeUndefined()
    expect(await test.database.sql`select from imported_sessions where source = ${source.name}`).toHaveLength(
      0,
    )
  })
})

describe('an import is refused', () => {
  it('behind a pooler, with the way out', async () => {
    const behind = { ...databaseOf(test), prepare: false }
    await expect(runImport(test.ctx, behind, newSource([{}]), RUN)).rejects.toThrow(
      /needs a connection of its own/,
    )
  })

  it('beside another import, which goes on', async () => {
    const first = newSource([{}])
    let second: unknown
    first.facts = async () => {
      second = await importFrom(newSource([{}])).catch((error: unknown) => error)
      return {}
    }
    expect(await importFrom(first)).toMatchObject({ counts: { stored_users: 1 } })
    expect(second).toMatchObject({ message: expect.stringMatching(/^Another import runs/) })
  })

  it('for a role without the right to make temporary tables, or at the end a sequence, with the grant', async () => {
    const database = await createTestDatabase()
    const role = `mover_${named++}`
    const name = new URL(database.url).pathname.slice(1)
    const admin = openSql(database.url)
    for (const statement of [
      `create role ${role} login password 'mover'`,
      `revoke temporary on database ${name} from public`,
      `grant usage on schema public to ${role}`,
      `revoke create on schema public from public`,
      `grant select, insert, update, delete on all tables in schema public to ${role}`,
    ])
      await admin.unsafe(statement)
    const url = Object.assign(new URL(database.url), { username: role, password: 'mover' }).href
    const as = { url, poolSize: 1, prepare: true }
    try {
      await expect(runImport(test.ctx, as, newSource([{}]), RUN)).rejects.toThrow(
        `GRANT TEMPORARY ON DATABASE ${name} TO ${role}`,
      )
      await admin.unsafe(`grant temporary on database ${name} to ${role}`)
      const final = { ...RUN, final: true }
      await expect(runImport(test.ctx, as, newSource([{}]), final)).rejects.toThrow(
        `GRANT CREATE ON SCHEMA public TO ${role}`,
      )
      expect(await runImport(test.ctx, as, newSource([{}]), RUN)).toMatchObject({
        counts: { stored_users: 1 },
      })
    } finally {
      await admin.unsafe(`drop owned by ${role}`)
      await admin.unsafe(`drop role ${role}`)
      await admin.end()
      await database.drop()
    }
  })
})
