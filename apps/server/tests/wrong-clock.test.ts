import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, newEmail, PASSWORD, type TestDatabase, waitUntil } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from './call.ts'
import { type Run, runServer, waitForAddress } from './run-server.ts'

const DAY_SECONDS = 86_400
const PRELOAD = join(import.meta.dirname, 'shifted-clock.mjs')

let database: TestDatabase
let folder: string
let shift: string
let wrong: Run
let right: Run
let wrongUrl: string
let rightUrl: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'latchkey-clock-'))
  shift = join(folder, 'shift')
  await writeFile(shift, '0')
  // The tests ask again and again until a server has read its keys anew.
  const limits = { THROTTLE_ANON: 'off', THROTTLE_USER: 'off' }
  const env = { DATABASE_URL: database.url, MAIL: 'off', PUBLIC_URL: 'http://localhost:3998', ...limits }
  wrong = runServer({ ...env, NODE_OPTIONS: `--import=${PRELOAD}`, CLOCK_SHIFT_FILE: shift })
  right = runServer(env)
  ;[wrongUrl, rightUrl] = await Promise.all([waitForAddress(wrong), waitForAddress(right)])
})
afterAll(async () => {
  for (const { process: child } of [wrong, right]) child.kill('SIGTERM')
  await Promise.all([wrong.exit, right.exit])
  await database.drop()
  await rm(folder, { recursive: true })
})

const isReady = async (url: string) => (await call(`${url}/readyz`)).status === 200

/** Sets the clock of one process, and waits until its readiness is as expected. It is asked for once a second. */
async function setClock(seconds: number, expected: boolean): Promise<void> {
  await writeFile(shift, String(seconds))
  await waitUntil(async () => (await isReady(wrongUrl)) === expected, `/readyz at ${seconds} s`)
}

async function signUp(url: string) {
  const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD }
  const json = { ...form, first_name: 'A', last_name: 'B' }
  const { body } = await call(`${url}/registration/`, { json })
  return body as { access: string; refresh: string }
}

it('a server whose clock is set wrong leaves the balancer and says why, while the others serve; set right, it is back', async () => {
  expect(await Promise.all([isReady(wrongUrl), isReady(rightUrl)])).toEqual([true, true])
  await setClock(30, true)
  await waitUntil(() => wrong.output().includes('"level":40,'), 'a warning')
  for (const seconds of [DAY_SECONDS, -DAY_SECONDS, -3600]) {
    await setClock(seconds, false)
    expect(await isReady(rightUrl)).toBe(true)
  }
  expect(wrong.output()).toMatch(/"level":50,.*"event":"clocks_apart","offsetSeconds":-86400/)
  await setClock(0, true)
  expect(wrong.output()).toContain('clocks_agree')
  expect(right.output()).not.toContain('clocks_')
})

it('a server whose clock is put back by an hour still learns the keys of the others, and takes their tokens', async () => {
  await setClock(-3600, false)
  // Two rotations: the key that signs now is one that the server has never seen.
  await database.sql`update signing_keys set created_at = created_at - interval '100 days'`
  const unknown = (await signUp(rightUrl)).access.replace(/^[^.]+/, UNKNOWN_KEY)
  const hasPublished = async (keys: number) => {
    await call(`${rightUrl}/user/`, { token: unknown })
    return (await published(rightUrl)).length === keys
  }
  await waitUntil(() => hasPublished(3), 'the first rotation')
  await database.sql`update signing_keys set created_at = created_at - interval '100 days'`
  await waitUntil(() => hasPublished(4), 'the second rotation')
  const { access } = await signUp(rightUrl)
  await waitUntil(
    async () => (await call(`${wrongUrl}/user/`, { token: access })).status === 200,
    'the other server to take the token',
  )
})

/** The header of a token whose key no server has, so that a server reads its keys again. */
const UNKNOWN_KEY = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'unknown-key-', typ: 'JWT' })).toString(
  'base64url',
)

async function published(url: string): Promise<unknown[]> {
  return ((await call(`${url}/.well-known/jwks.json`)).body as { keys: unknown[] }).keys
}
