import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createTestDatabase, PASSWORD, signUp, waitUntil } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { call, callTrpc } from './call.ts'
import { openQuietProxy } from './quiet-proxy.ts'
import { runServer } from './run-server.ts'
import { startTestServer } from './test-server.ts'

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
  ])('%s fails with one sentence', { timeout: 30_000 }, async (_name, behave) => {
    const { url, port, server } = await takeConnections(behave)
    const run = runServer({ DATABASE_URL: url })
    expect(await run.exit).toBe(1)
    expect(run.output()).toMatch(
      new RegExp(
        `^Latchkey cannot start: The database of DATABASE_URL at 127\\.0\\.0\\.1:${port}/db (did not answer in time|cannot be reached \\(ECONNRESET\\))\\.\n$`,
      ),
    )
    server.close()
  })

  it('and never answers can be ended by SIGTERM', { timeout: 30_000 }, async () => {
    const { url, server } = await takeConnections(() => undefined)
    const run = runServer({ DATABASE_URL: url })
    await once(server, 'connection')
    const started = performance.now()
    run.process.kill('SIGTERM')
    await run.exit
    expect(performance.now() - started).toBeLessThan(12_000)
    server.close()
  })
})

it('a database that falls silent is answered with 503, and the server recovers by itself', {
  timeout: 60_000,
}, async () => {
  const database = await createTestDatabase()
  const proxy = await openQuietProxy(database.url)
  const server = await startTestServer({ core: { database: { ...database, url: proxy.url } } })
  const { email, tokens } = await signUp(server.ctx)
  proxy.isQuiet = true
  const started = performance.now()
  const json = { email, password: PASSWORD }
  const isReady = call(`${server.url}/readyz`).then((answer) => ({
    ...answer,
    ms: performance.now() - started,
  }))
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
  expect(performance.now() - started).toBeLessThan(8000)
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('"unavailable"')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(await isReady).toMatchObject({ status: 503 })
  expect((await isReady).ms).toBeLessThan(3000)
  proxy.isQuiet = false
  await waitUntil(async () => (await call(`${server.url}/readyz`)).status === 200, 'the server to recover')
  expect((await call(`${server.url}/login/`, { json })).status).toBe(200)
  await server.close()
  await proxy.close()
  await database.drop()
})
