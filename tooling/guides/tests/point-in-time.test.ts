import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NEW_PASSWORD, newEmail, type OwnPostgres, PASSWORD, startOwnPostgres } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../../../apps/server/tests/call.ts'
import type { Pair } from '../../../apps/server/tests/mail/mail-server.ts'
import { latchkey, type Snippets } from '../src/deployment.ts'
import { createOperator, type Operator, readPages, runCommands, send } from '../src/operator.ts'
import { readServing, type ServingPostgres, startRecovered } from '../src/recovered-postgres.ts'
import { expectRun } from '../src/runs.ts'

const FIELDS = { password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
const CHANGE = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
/** Each refresh rotates, so that no answer comes from a grace. */
const SETTINGS = { REFRESH_GRACE: '0', THROTTLE_ANON: 'off' }

interface Visitor {
  email: string
  tokens: Pair
}

let postgres: OwnPostgres
let serving: ServingPostgres
let pages: Snippets[]
let deployment: Snippets
let backup: Snippets
let operator: Operator
/** The paths of the page, and those of the test. */
let paths: Record<string, string>
beforeAll(async () => {
  pages = await readPages('deployment', 'backup')
  ;[deployment, backup] = pages as [Snippets, Snippets]
  const archive = join(backup.folder, 'archive')
  await mkdir(join(archive, 'wal'), { recursive: true })
  for (const folder of [archive, join(archive, 'wal')]) await chmod(folder, 0o777)
  paths = { '/var/backups/latchkey': archive }
  const settings = readConf(backup.read('archive.conf', paths))
  // pg_basebackup of Debian copies a PostgreSQL that is not newer than it is.
  postgres = await startOwnPostgres(14, settings)
  serving = await readServing(postgres.url)
  operator = createOperator(postgres, deployment)
  await operator.makeDatabase()
  await latchkey(['migrate'], { ...operator.settings, DATABASE_URL: operator.urlOf('owner') })
})
afterAll(async () => {
  await operator?.stop()
  await postgres?.stop()
  for (const page of pages) await page.close()
})

/** Reads lines such as `archive_timeout = 60` and `name = 'text'`. */
function readConf(text: string): Record<string, string> {
  const lines = [...text.matchAll(/^(\w+) = '?(.*?)'?$/gm)]
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]))
}

async function signUp(url: string): Promise<Visitor> {
  const email = newEmail()
  const { status, body } = await send(`${url}/registration/`, { ...FIELDS, email })
  expect(status).toBe(201)
  return { email, tokens: body as Pair }
}

async function refresh(url: string, { tokens }: Visitor): Promise<number> {
  const { status, body } = await send(`${url}/refresh/`, { refresh: tokens.refresh })
  if (status === 200) Object.assign(tokens, body)
  return status
}

const signIn = async (url: string, email: string, password: string) =>
  (await send(`${url}/login/`, { email, password })).status

/** The time of the database, with all that was committed before it on one side. */
async function readTime(): Promise<string> {
  await sleep(20)
  const [row] = await postgres.sql`select clock_timestamp()::text as time`
  await sleep(20)
  return String(row?.time)
}

/** Waits until the write-ahead log of this moment is in the archive. */
async function archiveAll(): Promise<void> {
  const [row] = await postgres.sql`select pg_walfile_name(pg_switch_wal()) as file`
  await expect
    .poll(
      async () =>
        (await postgres.sql`select last_archived_wal >= ${row?.file} as done from pg_stat_archiver`)[0],
    )
    .toEqual({ done: true })
}

it('after a return to a point in time every session of then goes on, and what was lost is as the page says', async () => {
  const { url } = await operator.start(SETTINGS)
  const base = await runCommands(backup, 'base-backup.sh', {
    env: { ADMIN_URL: operator.adminUrl },
    replace: paths,
  })
  expect(base, base.output).toMatchObject({ code: 0 })
  const [active, asleep, leaver, changer] = [
    await signUp(url),
    await signUp(url),
    await signUp(url),
    await signUp(url),
  ]
  for (const one of [active, leaver]) expect(await refresh(url, one)).toBe(200)

  const time = await readTime()
  for (let times = 0; times < 3; times++) expect(await refresh(url, active)).toBe(200)
  const late = await signUp(url)
  const { access, refresh: token } = leaver.tokens
  expect((await send(`${url}/logout/`, { refresh: token }, access)).status).toBe(200)
  expect((await send(`${url}/password/change/`, CHANGE, changer.tokens.access)).status).toBe(200)
  await archiveAll()
  await operator.stop()

  const restored = join(backup.folder, 'restored')
  const replace = { ...paths, '/var/lib/postgresql/restored': restored, '2026-11-26 12:00:00+00': time }
  const recovered = await runCommands(backup, 'recover.sh', { env: {}, replace })
  expect(recovered, recovered.output).toMatchObject({ code: 0 })
  const again = await startRecovered(serving, restored)
  const after = createOperator(again, deployment)
  try {
    const { url, server } = await after.start(SETTINGS)
    expect(await refresh(url, active)).toBe(200)
    expect(await refresh(url, active)).toBe(200)
    expect(server.output()).toContain('rotation_lost')
    expect(await refresh(url, asleep)).toBe(200)
    expect(await refresh(url, leaver)).toBe(200)
    expect(await refresh(url, late)).toBe(401)
    expect(await signIn(url, late.email, PASSWORD)).toBe(401)
    expect(await signIn(url, changer.email, PASSWORD)).toBe(200)
    expect(await signIn(url, changer.email, NEW_PASSWORD)).toBe(401)

    const env = { OWNER_URL: after.urlOf('owner') }
    const ended = await runCommands(backup, 'end-sessions.sh', { env })
    expect(ended, ended.output).toMatchObject({ code: 0 })
    for (const one of [active, asleep, leaver]) {
      expect(await refresh(url, one)).toBe(401)
      expect((await call(`${url}/user/`, { token: one.tokens.access })).status).toBe(401)
    }
  } finally {
    await after.stop()
    await again.stop()
  }
})

it('every block for this test was run', () => expectRun('point-in-time.test.ts'))
