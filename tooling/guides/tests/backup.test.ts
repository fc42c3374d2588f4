import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createTestMailbox,
  NEW_PASSWORD,
  newEmail,
  type OwnPostgres,
  openSql,
  PASSWORD,
  startOwnPostgres,
  type TestMailbox,
  totpCodeAt,
} from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../../../apps/server/tests/call.ts'
import { cookieOf, type Pair } from '../../../apps/server/tests/mail/mail-server.ts'
import { runServer } from '../../../apps/server/tests/run-server.ts'
import { latchkey, run, type Snippets } from '../src/deployment.ts'
import { createOperator, type Operator, readPages, runCommands, send } from '../src/operator.ts'
import { expectRun } from '../src/runs.ts'

const STEP_SECONDS = 30
const FIELDS = { password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }

let old: OwnPostgres
let fresh: OwnPostgres
let before: Operator
let after: Operator
let pages: Snippets[]
let backup: Snippets
let mailbox: TestMailbox
let env: Record<string, string>
beforeAll(async () => {
  // The programs of Debian copy a PostgreSQL that is not newer than they are. The copy goes into a newer one.
  ;[old, fresh] = await Promise.all([startOwnPostgres(14), startOwnPostgres(18)])
  pages = await readPages('deployment', 'backup')
  const [deployment, page] = pages as [Snippets, Snippets]
  backup = page
  before = createOperator(old, deployment)
  after = createOperator(fresh, deployment)
  mailbox = await createTestMailbox(() => {
    throw new Error('No test of this file waits for an empty outbox.')
  })
  await symlink(mailbox.settings.mailboxDir ?? '', join(backup.folder, 'mailbox'))
  env = { PUBLIC_URL: 'http://localhost:3000', EMAIL_VERIFICATION: 'optional', DATA_DIR: backup.folder }
  await before.makeDatabase()
  const migrated = await latchkey(['migrate'], { ...before.settings, DATABASE_URL: before.urlOf('owner') })
  expect(migrated.code, migrated.output).toBe(0)
})
afterEach(async () => {
  await before.stop()
  await after.stop()
})
afterAll(async () => {
  await old?.stop()
  await fresh?.stop()
  await mailbox?.remove()
  for (const page of pages) await page.close()
})

/** What users hold when the copy is made. */
interface Held {
  email: string
  tokens: Pair
  /** The address of a mailed reset link. */
  reset: string
  /** The secret of an authenticator app. */
  secret: string
  /** A user whose reset was asked for when no server ran. */
  waiting: string
}

async function succeed<T>(asked: Promise<Answer>): Promise<T> {
  const answer = await asked
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer.body as T
}

const codeIn = (secret: string, steps = 0) => totpCodeAt(secret, Date.now() / 1000 + steps * STEP_SECONDS)

/** Signs users up, gives them a link and an app, and stops the server. The last mail stays in the queue. */
async function live(): Promise<Held> {
  const { url } = await before.start(env)
  const [email, owner, waiting] = [newEmail(), newEmail(), newEmail()]
  const tokens = await succeed<Pair>(send(`${url}/registration/`, { ...FIELDS, email }))
  await succeed(send(`${url}/password/reset/`, { email }))
  const { path: reset } = await mailbox.next(email, 'reset-password')
  const { access } = await succeed<Pair>(send(`${url}/registration/`, { ...FIELDS, email: owner }))
  const { secret } = await succeed<{ secret: string }>(send(`${url}/mfa/setup/`, {}, access))
  await succeed(send(`${url}/mfa/activate/`, { code: codeIn(secret) }, access))
  await succeed(send(`${url}/registration/`, { ...FIELDS, email: waiting }))
  await mailbox.next(waiting, 'verify-email')
  await before.stop()
  await latchkey(['user', 'send-reset', waiting], { ...before.settings, ...env })
  return { email: owner, tokens, reset, secret, waiting }
}

async function beginAnew(): Promise<void> {
  const sql = openSql(fresh.url)
  await sql`drop database if exists guide with (force)`
  await sql.end()
  await after.makeDatabase()
}

async function inDatabase<T>(url: string, work: (sql: ReturnType<typeof openSql>) => Promise<T>): Promise<T> {
  const sql = openSql(url)
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/**
 * Puts the copy into the new PostgreSQL, as on the page, in place of what is there.
 *
 * @param prepare - what another application does in the new database before
 */
async function restore(
  prepare: (sql: ReturnType<typeof openSql>) => Promise<unknown> = async () => {},
): Promise<void> {
  await beginAnew()
  await inDatabase(after.adminUrl, prepare)
  const restored = await runCommands(backup, 'restore.sh', { env: { ADMIN_URL: after.adminUrl } })
  expect(restored, restored.output).toMatchObject({ code: 0 })
}

/** Signs in with the password and a code. */
async function signInWithApp(url: string, { email, secret }: Held): Promise<Answer> {
  const { challenge_id } = await succeed<{ challenge_id: string }>(
    send(`${url}/login/`, { email, password: PASSWORD }),
  )
  return send(`${url}/mfa/verify/`, { challenge_id, code: codeIn(secret, 1) })
}

describe('a copy of the database', () => {
  let held: Held
  beforeAll(async () => {
    held = await live()
    const copied = await runCommands(backup, 'backup.sh', { env: { OWNER_URL: before.urlOf('owner') } })
    expect(copied, copied.output).toMatchObject({ code: 0 })
  })

  it('goes on in another PostgreSQL: sessions, mailed links, apps and queued mails', async () => {
    await restore()
    const { url } = await after.start(env)
    expect((await call(`${url}/user/`, { token: held.tokens.access })).status).toBe(200)
    expect((await send(`${url}/refresh/`, { refresh: held.tokens.refresh })).status).toBe(200)
    expect(cookieOf(await call(url + held.reset))).not.toBe('')
    expect((await signInWithApp(url, held)).status).toBe(200)
    const { path } = await mailbox.next(held.waiting, 'reset-password')
    expect(cookieOf(await call(url + path))).not.toBe('')
    const doctor = await latchkey(['doctor'], { ...after.settings, ...env })
    expect(doctor.output).toContain('the mail queue are up to date')
  })

  it('as plain SQL is the same copy', async () => {
    const file = `--file=${backup.folder}/plain.sql`
    const copied = await run(['pg_dump', '--format=plain', file, before.urlOf('owner')])
    expect(copied, copied.output).toMatchObject({ code: 0 })
    await beginAnew()
    const sql = openSql(after.adminUrl)
    await sql`drop schema latchkey, latchkey_mail_latchkey`
    await sql.end()
    const put = await run(['psql', after.adminUrl, '--set=ON_ERROR_STOP=1', '--quiet', file])
    expect(put.code, put.output).toBe(0)
    const { url } = await after.start(env)
    expect((await send(`${url}/refresh/`, { refresh: held.tokens.refresh })).status).toBe(200)
  })

  it('of a shared database has no table of another application, and its restore touches none', async () => {
    await inDatabase(before.adminUrl, (sql) => sql`create table public.users (email text)`)
    const settings = { env: { OWNER_URL: before.urlOf('owner') } }
    const refused = await runCommands(backup, 'backup.sh', settings)
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('permission denied for table users'),
    })
    const copied = await runCommands(backup, 'backup-shared.sh', settings)
    expect(copied, copied.output).toMatchObject({ code: 0 })
    await inDatabase(before.adminUrl, (sql) => sql`drop table public.users`)
    await restore((sql) => sql`create table public.users as select 'theirs' as email`)
    const theirs = await inDatabase(after.adminUrl, (sql) => sql`select email from public.users`)
    expect(theirs).toMatchObject([{ email: 'theirs' }])
    const { url } = await after.start(env)
    expect((await send(`${url}/refresh/`, { refresh: held.tokens.refresh })).status).toBe(200)
  })

  it('has no session and no link any more after the commands of the page, and users sign in again', async () => {
    await restore()
    const ended = await runCommands(backup, 'end-sessions.sh', { env: { OWNER_URL: after.urlOf('owner') } })
    expect(ended, ended.output).toMatchObject({ code: 0 })
    const { url } = await after.start(env)
    expect((await send(`${url}/refresh/`, { refresh: held.tokens.refresh })).status).toBe(401)
    expect((await call(`${url}/user/`, { token: held.tokens.access })).status).toBe(401)
    expect(cookieOf(await call(url + held.reset))).toBe('')
    expect((await signInWithApp(url, held)).status).toBe(200)
  })

  it('without its secret does not start, and after the commands of the page knows passwords and links', async () => {
    await restore()
    const other = { ...env, SECRET_KEY: 'another'.repeat(8) }
    const refused = runServer({ ...after.settings, ...other })
    expect(await refused.exit).toBe(1)
    expect(refused.output()).toContain('was encrypted under another SECRET_KEY')
    const voided = await runCommands(backup, 'lost-secret.sh', { env: { OWNER_URL: after.urlOf('owner') } })
    expect(voided, voided.output).toMatchObject({ code: 0 })
    const { url, server } = await after.start(other)
    expect(server.output()).toContain('authenticator apps were sealed under another SECRET_KEY')
    expect((await send(`${url}/refresh/`, { refresh: held.tokens.refresh })).status).toBe(401)
    expect((await call(`${url}/user/`, { token: held.tokens.access })).status).toBe(401)
    expect(cookieOf(await call(url + held.reset))).not.toBe('')
    expect((await send(`${url}/login/`, { email: held.waiting, password: PASSWORD })).status).toBe(200)
    expect((await signInWithApp(url, held)).status).toBe(500)
    await latchkey(['user', 'reset-factors', held.email, '--keep-password'], { ...after.settings, ...other })
    expect((await send(`${url}/login/`, { email: held.email, password: NEW_PASSWORD })).status).toBe(401)
    const answer = await send(`${url}/login/`, { email: held.email, password: PASSWORD })
    expect(answer.body).toHaveProperty('refresh')
  })
})

it('every block for this test was run', () => expectRun('backup.test.ts'))
