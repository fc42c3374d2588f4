import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  createDjangoDatabase,
  DJANGO_PASSWORD,
  type DjangoStandIn,
  NEW_PASSWORD,
  signUp,
  startDjangoStandIn,
  TEST_SECRET_KEY,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { bundleServer } from '../server-bundle.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const SOURCE = 'shop.jwt_allauth_jauser'

let cli: string
let server: TestServer
let old: TestDatabase
let standIn: DjangoStandIn
let folder: string
beforeAll(async () => {
  ;({ cli } = await bundleServer())
  folder = await mkdtemp(join(tmpdir(), 'latchkey-back-'))
  server = await startTestServer()
  old = await createDjangoDatabase()
  standIn = await startDjangoStandIn(old.url)
  const { sql } = server.database
  await sql`insert into imports (id, source, kind, started_at, finished_at, final)
    values (gen_random_uuid(), ${SOURCE}, 'django', now(), now(), true)`
})
afterAll(async () => {
  await standIn.close()
  await old.drop()
  await server.close()
  await rm(folder, { recursive: true })
})

/** Moves a user of the old deployment in by statements, with the hash that stands there. */
async function moveIn(oldId: string): Promise<{ email: string; userId: string }> {
  const { userId } = await signUp(server.ctx)
  const [there] = await old.sql`select email, password from jwt_allauth_jauser where id = ${oldId}`
  const { sql } = server.database
  await sql`update users set email = ${there?.email}, password_hash = ${there?.password}, password_form = 1,
    external_id = ${oldId} where id = ${userId}`
  await sql`insert into imported_users (source, old_id, user_id, row_hash, imported_hash, state)
    values (${SOURCE}, ${oldId}, ${userId}, '', '', 'account')`
  return { email: String(there?.email), userId }
}

/** The command line beside the running server. */
async function exportPasswords(...words: string[]) {
  const env = { PATH: process.env.PATH, DATABASE_URL: server.database.url, SECRET_KEY: TEST_SECRET_KEY }
  const args = [cli, 'export', 'django-passwords', ...words]
  return promisify(execFile)(process.execPath, args, { env }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stdout, stderr }) => ({ code, text: `${stdout}${stderr}` }),
  )
}

const signIn = (url: string, email: string, password: string) =>
  call(`${url}/login/`, { method: 'POST', json: { email, password } })

it('passwords that were set or upgraded here sign in at the old server again, and no other is written', async () => {
  const upgraded = await moveIn('1')
  const set = await moveIn('2')
  await moveIn('3')
  expect((await signIn(server.url, upgraded.email, ` ${DJANGO_PASSWORD}`)).status).toBe(200)
  const { body } = await signIn(server.url, set.email, DJANGO_PASSWORD)
  const json = { old_password: DJANGO_PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  const token = (body as { access: string }).access
  const changed = await call(`${server.url}/password/change/`, { method: 'POST', json, token })
  expect(changed.status).toBe(200)

  const file = join(folder, 'passwords.csv')
  const done = await exportPasswords('--to', file)
  expect(done).toEqual({ code: 0, text: expect.stringContaining('2 passwords') })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  expect(lines).toEqual([
    'id,password,change',
    expect.stringMatching(/^"1","argon2\$argon2id\$v=19\$.*","upgraded"$/),
    expect.stringMatching(/^"2","argon2\$argon2id\$v=19\$.*","set"$/),
  ])

  // The statements of the guide, with the rows in the place of \copy.
  await old.sql`create table back (id text, password text, change text)`
  for (const line of lines.slice(1)) {
    const [id = '', password = '', change = ''] = line.slice(1, -1).split('","')
    await old.sql`insert into back values (${id}, ${password}, ${change})`
  }
  await old.sql`update jwt_allauth_jauser u set password = back.password from back where u.id::text = back.id`
  expect((await signIn(standIn.url, upgraded.email, DJANGO_PASSWORD)).status).toBe(200)
  expect((await signIn(standIn.url, set.email, NEW_PASSWORD)).status).toBe(200)
  expect((await signIn(standIn.url, set.email, DJANGO_PASSWORD)).status).not.toBe(200)
})

it('a file that exists is not replaced, and an unknown deployment is named as such', async () => {
  const file = join(folder, 'twice.csv')
  expect((await exportPasswords('--to', file)).code).toBe(0)
  expect(await exportPasswords('--to', file)).toMatchObject({ text: expect.stringContaining('EEXIST') })
  const unknown = await exportPasswords('--to', join(folder, 'none.csv'), '--source', 'another')
  expect(unknown).toEqual({ code: 1, text: expect.stringContaining(`--source with one of ${SOURCE}`) })
  expect(await exportPasswords()).toMatchObject({ code: 2, text: expect.stringContaining('--to <file>') })
})
