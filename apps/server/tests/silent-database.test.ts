import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createTestDatabase, openQuietProxy, PASSWORD, signUp, waitUntil } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { call, callTrpc } from './call.ts'
import { perHour, startThrottledServer } from './hostile/throttled-server.ts'
import { runServer } from './run-server.ts'
import { startTestServer } from './test-server.ts'

/** The deadline of a server, which a test core does not have. */
const POOL = { deadlineMilliseconds: 5000 }

async function takeConnections(behave: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    behave(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { url: `postgres://user:hush@127.0.0.1:${port}/db`, port, server }
}

describe('a start on an address that accepts connections', () => {
  it.each([
    ['and closes them', (socket: Socket) => void socket.destroy()],
    [
      'and closes them after the first bytes',
      (socket: Socket) => void socket.once('data', () => socket.end()),
    ],
    ['and never answers', () => undefined],
  ])('%s fails with one sentence', async (_name, behave) => {
    const { url, port, server } = await takeConnections(behave)
    const run = runServer({ DATABASE_URL: url })
    expect(await run.exit).toBe(1)
    expect(run.output()).toMatch(
      new RegExp(
        `^Latchkey cannot start: The database of DATABASE_URL at 127\\.0\\.0\\.1:${port}/db (did not answer in time|cannot be reached)\\. Reason: [^\\n]+\n$`,
      ),
    )
    server.close()
  })

  it('and never answers can be ended by SIGTERM', async () => {
    const { url, server } = await takeConnections(() => undefined)
    const run = runServer({ DATABASE_URL: url })
    await once(server, 'connection')
    run.process.kill('SIGTERM')
    await run.exit
    server.close()
  })
})

it('a database that falls silent is answered with 503, and the server recovers by itself', async () => {
  const database = await createTestDatabase()
  const proxy = await openQuietProxy(database.url)
  const server = await startTestServer({ core: { database: { ...database, url: proxy.url }, pool: POOL } })
  const { email, tokens } = await signUp(server.ctx)
  proxy.isQuiet = true
  const json = { email, password: PASSWORD }
  const isReady = call(`${server.url}/readyz`)
  const answers = await Promise.all([
    ...Array.from({ length: 30 }, () => call(`${server.url}/user/`, { token: tokens.access })),
    call(`${server.url}/login/`, { json }),
    call(`${server.url}/registration/`, {
      json: {
        email: 'x@example.com',
        password1: PASSWORD,
        password2: PASSWORD,
        first_name: 'A',
        last_name: 'B',
      },
    }),
    call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } }),
    callTrpc(server.url, { path: 'user.get', type: 'query' }, { token: tokens.access }),
  ])
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('"unavailable"')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(await isReady).toMatchObject({ status: 503 })
  proxy.isQuiet = false
  await waitUntil(async () => (await call(`${server.url}/readyz`)).status === 200, 'the server to recover')
  expect((await call(`${server.url}/login/`, { json })).status).toBe(200)
  await server.close()
  await proxy.close()
  await database.drop()
})

it('a silent database that only readiness asks is given up on too, so that traffic comes back', async () => {
  const database = await createTestDatabase()
  const proxy = await openQuietProxy(database.url)
  const server = await startTestServer({ core: { database: { ...database, url: proxy.url }, pool: POOL } })
  const isReady = async () => (await call(`${server.url}/readyz`)).status === 200
  const askAll = () => Promise.all(Array.from({ length: 40 }, () => call(`${server.url}/readyz`)))
  // Opens every connection of the pool, so that each of them falls silent.
  await Promise.all(Array.from({ length: 20 }, () => server.ctx.db.execute('select pg_sleep(0.3)')))
  expect(new Set((await askAll()).map(({ status }) => status))).toEqual(new Set([200]))
  proxy.isQuiet = true
  await waitUntil(async () => !(await isReady()), 'the server to see the silence')
  // Each round waits two seconds for one statement; together they outlast the deadline of a statement.
  for (let round = 1; round <= 3; round++) {
    expect(new Set((await askAll()).map(({ status }) => status))).toEqual(new Set([503]))
  }
  proxy.isQuiet = false
  await waitUntil(isReady, 'the server to be ready')
  await server.close()
  await proxy.close()
  await database.drop()
})

it('a silent database that also keeps the counters is 503 as well: calls are counted in memory meanwhile', async () => {
  const database = await createTestDatabase()
  const proxy = await openQuietProxy(database.url)
  const server = await startThrottledServer(
    { anon: perHour(100) },
    {
      store: { store: 'postgres', redisUrl: null },
      database: { ...database, url: proxy.url },
    },
  )
  const json = { email: 'ada@example.com', password: PASSWORD }
  expect((await call(`${server.url}/login/`, { json })).status).toBe(401)
  proxy.isQuiet = true
  expect((await call(`${server.url}/login/`, { json })).status).toBe(503)
  await server.close()
  await proxy.close()
  await database.drop()
})
