import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listDevMails } from '@latchkey/core'
import {
  createTestDatabase,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from './call.ts'
import { type Run, runServer, waitForAddress } from './run-server.ts'
import { bundleServer } from './server-bundle.ts'

interface Tokens {
  access: string
  refresh: string
}

const NAMES = { first_name: 'A', last_name: 'B' }
const UNLIMITED = ['ANON', 'USER', 'REFRESH', 'LOGIN', 'LOGIN_EMAIL', 'MAIL'].map((name) => [
  `THROTTLE_${name}`,
  'off',
])

let database: TestDatabase
let folder: string
let env: Record<string, string>
let runs: Run[] = []
let urls: string[] = []
let turn = 0
beforeAll(async () => {
  database = await createTestDatabase({ mail: true })
  folder = await mkdtemp(join(tmpdir(), 'latchkey-secrets-'))
  const [key, fallbacks] = [join(folder, 'key'), join(folder, 'fallbacks')]
  await writeFile(key, `${'f'.repeat(40)}\n`, { mode: 0o600 })
  await writeFile(fallbacks, '', { mode: 0o600 })
  env = {
    ...Object.fromEntries(UNLIMITED),
    SECRET_KEY: '',
    SECRET_KEY_FILE: key,
    SECRET_KEY_FALLBACKS_FILE: fallbacks,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    PASSWORD_HASH_MEMORY_KIB: '8',
    PUBLIC_URL: 'http://localhost:3999',
  }
  runs = [runServer(env), runServer(env)]
  urls = await Promise.all(runs.map(waitForAddress))
})
afterAll(async () => {
  for (const run of runs) run.process.kill('SIGTERM')
  await Promise.all(runs.map(({ exit }) => exit))
  await database.drop()
  await rm(folder, { recursive: true })
})

/** Calls the servers in turn, as a balancer does. */
function send(path: string, options: Parameters<typeof call>[1] = {}) {
  return call(`${urls[turn++ % urls.length]}${path}`, options)
}

async function latchkey(words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { cli } = await bundleServer()
  const child = spawn(process.execPath, [cli, ...words], { env: { PATH: process.env.PATH, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.stdin.end()
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

async function signUp() {
  const email = newEmail()
  const json = { email, password1: PASSWORD, password2: PASSWORD, ...NAMES }
  const { body } = await send('/registration/', { json })
  return { email, tokens: body as Tokens }
}

/** Asks for a reset and opens its link. The cookie stands for the opened link. */
async function openReset(email: string): Promise<string> {
  await send('/password/reset/', { json: { email } })
  const find = async () => (await listDevMails(join(folder, 'mailbox'))).find(({ to }) => to === email)
  await waitUntil(async () => (await find()) !== undefined, 'the mail')
  const [link = ''] = /https?:\/\/\S+/.exec((await find())?.text ?? '') ?? []
  const opened = await send(new URL(link).pathname)
  expect(opened.status).toBe(302)
  return opened.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function setPassword(cookie: string): Promise<number> {
  const json = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  return (await send('/password/reset/set-new/', { json, headers: { cookie } })).status
}

async function refresh(tokens: Tokens): Promise<{ status: number; tokens: Tokens }> {
  const { status, body } = await send('/refresh/', { json: { refresh: tokens.refresh } })
  return { status, tokens: body as Tokens }
}

/** Each does one round of one kind of client, and returns the statuses of its calls. */
async function createClients(): Promise<(() => Promise<number[]>)[]> {
  let { tokens } = await signUp()
  const { email } = await signUp()
  return [
    async () => {
      const refreshed = await refresh(tokens)
      tokens = refreshed.tokens
      return [refreshed.status, (await send('/user/', { token: tokens.access })).status]
    },
    async () => {
      const { status, body } = await send('/login/', { json: { email, password: PASSWORD } })
      return [status, (await send('/user/', { token: (body as Tokens).access })).status]
    },
    async () => [await setPassword(await openReset((await signUp()).email))],
  ]
}

/** The id of the secret that a token was signed under. */
function secretOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
}

it('a new SECRET_KEY takes the place of the former one in two servers under load, and nobody is signed out', async () => {
  const clients = [...(await createClients()), ...(await createClients())]
  let isOver = false
  const statuses = new Map<number, number>()
  const load = clients.map(async (round) => {
    while (!isOver) for (const status of await round()) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  })
  const [quiet, lost] = [await signUp(), await signUp()]
  const cookie = await openReset((await signUp()).email)

  const rotated = await latchkey(['secret', 'rotate', '--wait', '3s'])
  expect(rotated).toMatchObject({ code: 0, out: expect.stringContaining('Sealed anew: 2 signing keys') })
  // Both were made under the former secret, and are used for the first time now.
  const kept = await refresh(quiet.tokens)
  expect([kept.status, await setPassword(cookie)]).toEqual([200, 200])
  expect(secretOf(kept.tokens.refresh)).not.toBe(secretOf(quiet.tokens.refresh))
  expect((await stat(env.SECRET_KEY_FILE ?? '')).mode & 0o777).toBe(0o600)

  const early = await latchkey(['secret', 'retire', '--yes'])
  expect(early).toMatchObject({
    code: 1,
    err: expect.stringMatching(/sessions without a refresh .*, until /),
  })
  const retired = await latchkey(['secret', 'retire', '--yes', '--force'])
  expect(retired).toMatchObject({
    code: 0,
    out: expect.stringContaining(secretOf(quiet.tokens.refresh)),
  })
  for (const run of runs) {
    await waitUntil(() => run.output().split('secrets_replaced').length > 3, 'both servers to follow')
  }
  const before = statuses.get(200) ?? 0
  await waitUntil(() => (statuses.get(200) ?? 0) > before + 40, 'more calls')
  isOver = true
  await Promise.all(load)

  expect([...statuses.keys()]).toEqual([200])
  for (const url of urls) {
    const refused = await call(`${url}/refresh/`, { json: { refresh: lost.tokens.refresh } })
    expect(refused.status).toBe(401)
  }
  expect((await refresh(kept.tokens)).status).toBe(200)
  const written = runs.map(({ output }) => output()).join('')
  for (const secret of ['f'.repeat(40), (await readFile(env.SECRET_KEY_FILE ?? '', 'utf8')).trim()]) {
    expect(written + rotated.out + rotated.err + retired.out).not.toContain(secret)
  }
})
