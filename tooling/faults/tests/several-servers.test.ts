import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newEmail, PASSWORD, readClaims, waitUntil } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../../../apps/server/tests/call.ts'
import { runCommand } from '../src/faults/operator-faults.ts'
import { startWorld, type World } from '../src/world/world.ts'
import { type PreparedRun, prepareFaultRun } from './prepare-fault-run.ts'

/** `LATCHKEY_TEST_SERVERS=4 npm test -- tooling/faults/tests/several-servers.test.ts` starts four. */
const INSTANCES = Number(process.env.LATCHKEY_TEST_SERVERS ?? 2)
const LIMIT = 7
const SIGN_UPS = 24
const DUE = 5

interface Tokens {
  access: string
  refresh: string
}

let prepared: PreparedRun
let world: World
/** The address of each server, past the proxy. */
let urls: string[]
beforeAll(async () => {
  prepared = await prepareFaultRun()
  world = await startWorld({
    ...prepared,
    instances: INSTANCES,
    graceSeconds: 30,
    accessSeconds: 600,
    shutdownDelay: '0',
    tickMilliseconds: 500,
    env: { THROTTLE_LOGIN: `${LIMIT}/h`, LOG_LEVEL: 'info' },
  })
  urls = world.servers.map(({ port }) => `http://127.0.0.1:${port}`)
})
afterAll(async () => {
  await world?.close()
  await prepared?.remove()
})

async function signUp(url: string, email = newEmail()): Promise<Tokens> {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const json = { email, password1: PASSWORD, password2: PASSWORD, ...names }
  return (await call(`${url}/registration/`, { json })).body as Tokens
}

const statusesOf = (token: string) =>
  Promise.all(urls.map(async (url) => (await call(`${url}/user/`, { token })).status))

it('a session of one server is a session of every server, and its end is its end', async () => {
  let tokens = await signUp(world.url)
  for (const url of urls) {
    tokens = (await call(`${url}/refresh/`, { json: { refresh: tokens.refresh } })).body as Tokens
    expect(await statusesOf(tokens.access)).toEqual(urls.map(() => 200))
  }
  await call(`${urls[0]}/logout/`, { json: { refresh: tokens.refresh }, token: tokens.access })
  expect(await statusesOf(tokens.access)).toEqual(urls.map(() => 401))
})

it('passwords tried at every server in turn are counted together, in one Redis', async () => {
  const json = { email: newEmail(), password: 'wrong' }
  const attempts = Array.from({ length: 3 * LIMIT }, (_, index) =>
    call(`${urls[index % urls.length]}/login/`, { json }),
  )
  const statuses = (await Promise.all(attempts)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(LIMIT)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2 * LIMIT)
})

it('a server that signs with a rotated key is understood by every other one at once, and they by it', async () => {
  const former = await signUp(urls[1] ?? '')
  await runCommand(prepared.program, world, ['keys', 'rotate', '--force'])
  await world.servers[0]?.restart('SIGTERM')
  const rotated = await signUp(urls[0] ?? '')
  expect(readHeader(rotated.access)).not.toBe(readHeader(former.access))
  expect(await statusesOf(rotated.access)).toEqual(urls.map(() => 200))
  expect(await statusesOf(former.access)).toEqual(urls.map(() => 200))
})

function readHeader(token: string): string {
  return Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()
}

it('each mail is sent once, whichever server queued it', async () => {
  const emails = Array.from({ length: SIGN_UPS }, () => newEmail())
  await Promise.all(emails.map((email) => signUp(world.url, email)))
  const findFor = (email: string) => world.relay.mails.filter(({ to }) => to === email)
  await waitUntil(() => emails.every((email) => findFor(email).length > 0), 'a mail to each address')
  expect(JSON.parse(await runCommand(prepared.program, world, ['mail', 'list', '--json']))).toEqual({
    mails: [],
  })
  for (const email of emails) expect(findFor(email)).toHaveLength(1)
})

it('what is due is purged once, while every server looks for it', async () => {
  const due = await Promise.all(Array.from({ length: DUE }, () => signUp(world.url)))
  const ids = due.map(({ access }) => readClaims(access).session)
  await world.cluster.ask(async (sql) => {
    await sql`update sessions set idle_expires_at = now() - interval '9 days' where id = any(${ids}::uuid[])`
    // What was gone through rests for an hour.
    await sql`delete from sweeps`
    const isGone = async () => (await sql`select 1 from sessions where id = any(${ids}::uuid[])`).length === 0
    await waitUntil(isGone, 'the sessions to be purged')
  })
  await waitUntil(async () => (await countPurged()) > 0, 'the log to tell it')
  expect(await countPurged()).toBe(DUE)
})

/** What the logs of all servers tell together. */
async function countPurged(): Promise<number> {
  const logs = await Promise.all(
    world.servers.map(({ name }) => readFile(join(prepared.folder, `${name}.log`), 'utf8')),
  )
  const counts = [...logs.join('\n').matchAll(/"table":"sessions".*?"purged":(\d+)/g)].map(([, count]) =>
    Number(count),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
