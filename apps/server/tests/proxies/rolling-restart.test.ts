import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accepts,
  createTestDatabase,
  findFreePort,
  newEmail,
  PASSWORD,
  startTestNginx,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { type Run, runServer, waitForAddress } from '../run-server.ts'
import { balanceBetween } from './nginx.ts'

const UNLIMITED = Object.fromEntries(
  ['ANON', 'USER', 'REFRESH'].map((name) => [`THROTTLE_${name}`, 'off'] as const),
)

interface Proxy {
  close(): Promise<void>
}

/** Starts a Caddy that asks the servers whether they are ready. */
async function startCaddy(ports: number[], front: number): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-caddy-'))
  const file = join(folder, 'Caddyfile')
  const servers = ports.map((port) => `127.0.0.1:${port}`).join(' ')
  const health = 'health_uri /readyz\n health_interval 100ms\n lb_try_duration 10s'
  await writeFile(
    file,
    `{\n admin off\n}\nhttp://127.0.0.1:${front} {\n reverse_proxy ${servers} {\n ${health}\n }\n}\n`,
  )
  const child = spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { stdio: 'ignore' })
  const exit = once(child, 'exit')
  await waitUntil(() => accepts(front), 'Caddy to listen')
  return {
    close: async () => {
      child.kill('SIGKILL')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Balancer {
  name: string
  start(ports: number[], front: number): Promise<Proxy>
  holds: string
  /** Whether a POST that meets a closing listener is answered with 502, so that the caller sends it again. */
  mayLosePost: boolean
}

const BALANCERS: Balancer[] = [
  { name: 'Caddy', start: startCaddy, holds: 'no call fails', mayLosePost: false },
  {
    name: 'nginx',
    start: (ports, front) => startTestNginx([front], balanceBetween(ports, front)),
    holds: 'no GET fails, and a refresh that is sent again works,',
    mayLosePost: true,
  },
]

describe.each(BALANCERS)('behind $name', ({ start, holds, mayLosePost }) => {
  let database: TestDatabase
  let proxy: Proxy | undefined
  let ports: number[] = []
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
    proxy = await start(ports, front)
  })
  afterAll(async () => {
    await proxy?.close()
    await Promise.all(ports.map(stop))
    await database?.drop()
  })

  async function refresh(token: string): Promise<Answer> {
    const send = () => call(`${url}/refresh/`, { json: { refresh: token } })
    const answer = await send()
    return mayLosePost && answer.status === 502 ? send() : answer
  }

  /** Signs a user up, and returns a function that refreshes its tokens and reads its details. */
  async function createClient(): Promise<() => Promise<number[]>> {
    const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD }
    const { body } = await call(`${url}/registration/`, {
      json: { ...form, first_name: 'A', last_name: 'B' },
    })
    let tokens = body as { access: string; refresh: string }
    return async () => {
      const refreshed = await refresh(tokens.refresh)
      if (refreshed.status === 200) tokens = refreshed.body as typeof tokens
      const read = await call(`${url}/user/`, { token: tokens.access })
      return [refreshed.status, read.status]
    }
  }

  it(`${holds} while one server after the other is restarted`, async () => {
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
      // An operator stops the next server when the balancer sends calls to this one again.
      await waitUntil(() => servers.get(port)?.output().includes('/user') === true, 'calls to the new server')
    }
    isOver = true
    await Promise.all(load)
    expect([...statuses.keys()]).toEqual([200])
  })
})
