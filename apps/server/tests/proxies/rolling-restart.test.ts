import {
  createTestDatabase,
  findFreePort,
  newEmail,
  PASSWORD,
  startTestNginx,
  type TestDatabase,
  type TestNginx,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type Run, runServer, waitForAddress } from '../run-server.ts'
import { balanceBetween } from './nginx.ts'

const UNLIMITED = Object.fromEntries(
  ['ANON', 'USER', 'REFRESH'].map((name) => [`THROTTLE_${name}`, 'off'] as const),
)

let database: TestDatabase
let nginx: TestNginx
let ports: number[]
let url: string
const servers = new Map<number, Run>()

async function startOn(port: number): Promise<void> {
  const own = { DATABASE_URL: database.url, PORT: String(port), PUBLIC_URL: url }
  const server = runServer({ ...own, SHUTDOWN_DELAY: '1s', ...UNLIMITED })
  await waitForAddress(server)
  servers.set(port, server)
}

async function stop(port: number): Promise<number | null | undefined> {
  const server = servers.get(port)
  server?.process.kill('SIGTERM')
  return server?.exit
}

beforeAll(async () => {
  database = await createTestDatabase()
  ports = [await findFreePort(), await findFreePort()]
  const front = await findFreePort()
  url = `http://127.0.0.1:${front}`
  for (const port of ports) await startOn(port)
  nginx = await startTestNginx([front], balanceBetween(ports, front))
})
afterAll(async () => {
  await nginx?.close()
  await Promise.all(ports.map(stop))
  await database?.drop()
})

/** Signs a user up, and returns a function that refreshes its tokens and reads its details. */
async function createClient(): Promise<() => Promise<number[]>> {
  const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD }
  const { body } = await call(`${url}/registration/`, { json: { ...form, first_name: 'A', last_name: 'B' } })
  let tokens = body as { access: string; refresh: string }
  return async () => {
    const refreshed = await call(`${url}/refresh/`, { json: { refresh: tokens.refresh } })
    if (refreshed.status === 200) tokens = refreshed.body as typeof tokens
    return [refreshed.status, (await call(`${url}/user/`, { token: tokens.access })).status]
  }
}

it('no call fails while one server after the other is restarted behind nginx', async () => {
  const clients = await Promise.all([createClient(), createClient()])
  let isOver = false
  const statuses = new Map<number, number>()
  const load = clients.map(async (step) => {
    while (!isOver) {
      for (const status of await step()) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  })
  for (const port of ports) {
    expect(await stop(port)).toBe(0)
    await startOn(port)
  }
  isOver = true
  await Promise.all(load)
  expect([...statuses.keys()]).toEqual([200])
})
