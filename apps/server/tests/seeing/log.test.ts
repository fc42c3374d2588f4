import { afterEach, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`

let server: TestServer
afterEach(() => server.close())

const requests = () => server.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')

it('LOG_SAMPLE_SUCCESS=0 leaves out the lines of successes, and no line of a refusal or a fault', async () => {
  server = await startTestServer({ app: { logSampleSuccess: 0 } })
  for (let n = 0; n < 10; n++) await call(`${server.url}/healthz`)
  await call(`${server.url}/user/`)
  await call(`${server.url}/nowhere`)
  await server.database.sql`alter table users rename to hidden`
  await call(`${server.url}/login/`, { json: { email: 'ada@example.com', password: 'x' } })
  expect(requests().map(({ status }) => status)).toEqual([401, 404, 500])
})

it('LOG_SAMPLE_SUCCESS=0 keeps the line of a batch with a refusal, whose status is that of a success', async () => {
  server = await startTestServer({ app: { logSampleSuccess: 0 } })
  const { status } = await call(`${server.url}/trpc/no.such,user.get?batch=1`)
  expect(requests()).toEqual([expect.objectContaining({ status })])
  expect(status).toBe(207)
})

it('LOG_SAMPLE_SUCCESS leaves out a part of the successes', async () => {
  server = await startTestServer({ app: { logSampleSuccess: 0.5 } })
  for (let n = 0; n < 200; n++) await call(`${server.url}/healthz`)
  const lines = requests().length
  // Outside of these bounds a fair coin lands less than once in a billion times.
  expect(lines).toBeGreaterThan(55)
  expect(lines).toBeLessThan(145)
})

it('the line of a request has the pattern of its path, and the names of the procedures of a tRPC call', async () => {
  server = await startTestServer()
  const id = crypto.randomUUID()
  await call(`${server.url}/sessions/${id}/?q=${id}`, { method: 'DELETE' })
  await call(`${server.url}/trpc/user.get,sessions.list?batch=1`)
  await call(`${server.url}/nowhere/${id}`)
  expect(requests().map(({ path }) => path)).toEqual([
    '/sessions/:id',
    '/trpc/user.get,sessions.list',
    '/nowhere/*',
  ])
})

it('the line of a request has the trace of a trusted proxy', async () => {
  server = await startTestServer({ app: { trustedProxies: { hops: 1 } } })
  await call(`${server.url}/healthz`, { headers: { traceparent } })
  await call(`${server.url}/healthz`)
  const [first, second] = requests()
  expect(first).toMatchObject({ requestId: TRACE, traceId: TRACE })
  expect(second).not.toHaveProperty('traceId')
})
