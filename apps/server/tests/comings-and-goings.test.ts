import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { accepts, createTestDatabase, findFreePort, type TestDatabase, waitUntil } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { runServer, waitForAddress } from './run-server.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** A way to the database on which the first connection waits until the test opens it. */
async function holdDatabase() {
  const { hostname, port } = new URL(database.url)
  const { promise: isOpen, resolve: open } = Promise.withResolvers<void>()
  const sockets: Socket[] = []
  const server = createServer({ pauseOnConnect: true }, async (inner) => {
    await isOpen
    const outer = connect(Number(port), hostname)
    sockets.push(inner, outer)
    for (const socket of [inner, outer]) socket.on('error', () => undefined)
    inner.pipe(outer).pipe(inner)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own = { hostname: '127.0.0.1', port: String((server.address() as { port: number }).port) }
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url: Object.assign(new URL(database.url), own).href, server, open, close }
}

describe('a server that starts', () => {
  it('accepts no connection before it can serve', async () => {
    const held = await holdDatabase()
    const port = await findFreePort()
    const server = runServer({ DATABASE_URL: held.url, PORT: String(port) })
    await once(held.server, 'connection')
    expect(await accepts(port)).toBe(false)
    held.open()
    await waitUntil(() => accepts(port), 'the server to accept connections')
    expect((await call(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    server.process.kill('SIGTERM')
    await server.exit
    held.close()
  })

  it('on a taken port fails before it touches its database', async () => {
    const held = await holdDatabase()
    let touches = 0
    held.server.on('connection', () => touches++)
    const taken = createServer().listen(0, '0.0.0.0')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    for (const HOST of ['0.0.0.0', 'localhost']) {
      const server = runServer({ DATABASE_URL: held.url, PORT: String(port), HOST })
      expect(await server.exit).toBe(1)
      expect(server.output()).toContain(`Port ${port} on ${HOST} is taken`)
    }
    expect(touches).toBe(0)
    taken.close()
    held.close()
  })
})

describe('a server that was told to stop', () => {
  it('still serves for SHUTDOWN_DELAY, is not ready, and closes every connection with its answer', async () => {
    const server = runServer({ DATABASE_URL: database.url, SHUTDOWN_DELAY: '10m' })
    const url = await waitForAddress(server)
    const before = await call(`${url}/readyz`)
    expect([before.status, before.headers.get('connection')]).toEqual([200, 'keep-alive'])
    // A call that is in flight when the signal arrives, on a connection from before it.
    const early = await database.sql.begin(async (sql) => {
      await sql`lock table users`
      const answer = call(`${url}/login/`, { json: { email: 'x@example.com', password: 'y' } })
      await database.waitForBlocked()
      server.process.kill('SIGTERM')
      await waitUntil(async () => (await call(`${url}/readyz`)).status === 503, 'the server to be not ready')
      return { answer }
    })
    const answers = [
      await early.answer,
      await call(`${url}/login/`, { json: { email: 'x@example.com', password: 'y' } }),
      await call(`${url}/healthz`),
      await call(`${url}/readyz`),
      await call(`${url}/nowhere`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200, 503, 404])
    for (const { headers } of answers) expect(headers.get('connection')).toBe('close')
    expect(answers[3]).toMatchObject({ body: { code: 'unavailable' } })
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0)
    server.process.kill('SIGKILL')
    await server.exit
  })
})
