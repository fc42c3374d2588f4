import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DJANGO_PASSWORD,
  DJANGO_PREFIX,
  DJANGO_SECRET_KEY,
  type DjangoStandIn,
  type DjangoTokens,
  findFreePort,
  listLiveTokens,
  loadDjangoDump,
  NEW_PASSWORD,
  type OwnPostgres,
  openSql,
  readClaims,
  startDjangoStandIn,
  startOwnPostgres,
  startTestNginx,
  type TestNginx,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, call } from '../../../apps/server/tests/call.ts'
import { latchkey, readVariables, type Snippets } from '../src/deployment.ts'
import { createOperator, type Operator, readPages, runCommands } from '../src/operator.ts'
import { expectRun } from '../src/runs.ts'

const HOST = { 'api.example.com': 'localhost' }
const now = Math.floor(Date.now() / 1000)

let postgres: OwnPostgres
let operator: Operator
let pages: Snippets[]
let page: Snippets
let standIn: DjangoStandIn
let nginx: TestNginx
let front: number
let latchkeyPort: number
let site: string
let env: Record<string, string>
/** What the clients hold. */
let held: DjangoTokens[]
beforeAll(async () => {
  postgres = await startOwnPostgres()
  pages = await readPages('deployment', 'moving-in/django')
  const [deployment, own] = pages as [Snippets, Snippets]
  page = own
  operator = createOperator(postgres, deployment)
  await operator.makeDatabase()
  await postgres.sql`create database django`
  await loadDjangoDump(urlOfDjango())
  standIn = await startDjangoStandIn(urlOfDjango())
  ;[front, latchkeyPort] = [await findFreePort(), await findFreePort()]
  site = `http://localhost:${front}${DJANGO_PREFIX}`
  nginx = await startTestNginx([front], readBlock('stopped.conf').replace('return 503;', ''))
  env = {
    ...operator.settings,
    DATABASE_URL: operator.urlOf('owner'),
    DJANGO_DATABASE_URL: urlOfDjango('latchkey_reader:change-this-reader'),
    EMAIL_VERIFICATION: 'mandatory',
    DATA_DIR: page.folder,
  }
  const migrated = await latchkey(['migrate'], env)
  expect(migrated.code, migrated.output).toBe(0)
  held = await listLiveTokens({ liveAt: now })
})
afterAll(async () => {
  await operator?.stop()
  await nginx?.close()
  await standIn?.close()
  await postgres?.stop()
  for (const one of pages) await one.close()
})

function urlOfDjango(role?: string): string {
  const url = new URL(postgres.url)
  if (role) [url.username = '', url.password = ''] = role.split(':')
  return Object.assign(url, { pathname: '/django', search: '?sslmode=disable' }).href
}

/** A configuration of the page with the ports of the test. */
function readBlock(file: 'stopped.conf' | 'switched.conf'): string {
  return page.read(file, {
    ...HOST,
    'listen 80': `listen 127.0.0.1:${front}`,
    '8000': String(standIn.port),
    ...(file === 'switched.conf' && { '3000': String(latchkeyPort) }),
  })
}

async function run(file: string, more: Record<string, string> = {}): Promise<string> {
  const done = await runCommands(page, file, { env: { ...env, ...more } })
  expect(done.code, `${file}: ${done.output}`).toBe(0)
  return done.output
}

/** Refreshes what each client holds, and returns the statuses. */
async function refreshAll(): Promise<number[]> {
  const answers = await Promise.all(
    held.map(({ refresh }) => call(`${site}/refresh/`, { json: { refresh } })),
  )
  held = held.map((former, i) => (answers[i]?.status === 200 ? { ...former, ...pairOf(answers[i]) } : former))
  return answers.map(({ status }) => status)
}

const pairOf = ({ body }: Answer) => body as { access: string; refresh: string }
const everyone = (status: number) => held.map(() => status)
const logIn = (password: string) => call(`${site}/login/`, { json: { email: 'ada@example.com', password } })

it('the role of the page may read what an import needs, and the dry run writes nothing', async () => {
  const django = openSql(urlOfDjango())
  await django.unsafe(page.read('reader.sql'))
  await django.end()
  expect(await run('dry-run.sh')).toMatch(/\b3\b/)
  const database = openSql(operator.adminUrl)
  expect(await database`select 1 from latchkey.users`).toHaveLength(0)
  await database.end()
  const { mode } = await stat(join(page.folder, 'dry-run.jsonl'))
  expect(mode & 0o777).toBe(0o600)
})

it('clients refresh during the import, get 503 for a while, and go back before the switch', async () => {
  expect(await refreshAll()).toEqual(everyone(200))
  await run('import.sh')
  expect(await refreshAll()).toEqual(everyone(200))
  await nginx.reload(readBlock('stopped.conf'))
  expect(await refreshAll()).toEqual(everyone(503))
  expect((await call(`${site}/user/`, { token: held[0]?.access ?? '' })).status).toBe(200)
  const { out } = await listImports()
  await run('undo.sh', { IMPORT: out })
  const database = openSql(operator.adminUrl)
  expect(await database`select 1 from latchkey.users`).toHaveLength(0)
  await database.end()
  await nginx.reload(readBlock('stopped.conf').replace('return 503;', ''))
  expect(await refreshAll()).toEqual(everyone(200))
})

it('after the last import and the switch every client goes on, with the same user id', async () => {
  await nginx.reload(readBlock('stopped.conf'))
  await run('final.sh')
  const settings = readVariables(
    page.read('latchkey.env', {
      'https://api.example.com': `http://localhost:${front}`,
      'the-secret-of-the-django-settings': DJANGO_SECRET_KEY,
    }),
  )
  await operator.start({
    ...env,
    ...settings,
    DATABASE_URL: operator.urlOf('server'),
    PORT: String(latchkeyPort),
  })
  await nginx.reload(readBlock('switched.conf'))
  const before = held.map(({ access }) => readClaims(access).user_id)
  expect(await refreshAll()).toEqual(everyone(200))
  expect(held.map(({ access }) => readClaims(access).user_id)).toEqual(before)
  expect(await refreshAll()).toEqual(everyone(200))
  expect((await fetch(`http://localhost:${front}/.well-known/jwks.json`)).status).toBe(200)
  expect((await fetch(`http://localhost:${front}/account/`)).status).not.toBe(404)
})

it('after the switch the old server takes people back, with the passwords they have now', async () => {
  const fields = { old_password: DJANGO_PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  const changed = await call(`${site}/password/change/`, { json: fields, token: held[0]?.access ?? '' })
  expect(changed.status, changed.text).toBe(200)
  await writeFile(join(page.folder, 'take-back.sql'), page.read('take-back.sql'))
  await run('take-back.sh', { DJANGO_OWNER_URL: urlOfDjango() })
  await nginx.reload(readBlock('stopped.conf').replace('return 503;', ''))
  expect((await logIn(DJANGO_PASSWORD)).status).toBe(401)
  expect((await logIn(NEW_PASSWORD)).status).toBe(200)
})

it('every block for this test was run', () => expectRun('moving-in-django.test.ts'))

/** The id of the only import. */
async function listImports(): Promise<{ out: string }> {
  const { output, code } = await latchkey(['import', 'status', '--json'], env)
  expect(code, output).toBe(0)
  const [, out = ''] = /"id":\s*"([0-9a-f-]{36})"/.exec(output) ?? []
  return { out }
}
