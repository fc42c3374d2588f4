import { NEW_PASSWORD, newEmail, PASSWORD, signUp } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TraceSettings } from '../../src/process/config/traces.ts'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts'

const SERVER = 2
const CLIENT = 3
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

let receiver: OtlpReceiver
let server: TestServer
let isClosed: boolean
beforeEach(async () => {
  receiver = await startOtlpReceiver()
})
afterEach(async () => {
  if (!isClosed) await server.close()
  await receiver.close()
})

async function start(changes: Partial<TraceSettings> = {}, mail = false): Promise<void> {
  isClosed = false
  const traces: TraceSettings = {
    url: receiver.url,
    headers: { authorization: 'Bearer of-the-collector' },
    serviceName: 'auth',
    attributes: { 'deployment.environment.name': 'test' },
    sampler: 'parentbased_always_on',
    share: 1,
    ...changes,
  }
  server = await startTestServer({ seeing: { traces }, app: { trustedProxies: { hops: 1 } }, mail })
}

/** Stops the server, which sends its last spans. */
async function stop() {
  isClosed = true
  await server.close()
  return receiver.spans
}

describe('the trace of a call', () => {
  it('has the name of the operation, its outcome, and its statements and hash as children', async () => {
    await start()
    const { email } = await signUp(server.ctx)
    await call(`${server.url}/login/`, { json: { email, password: PASSWORD } })
    const spans = await stop()
    const root = spans.find(({ name }) => name === 'login')
    expect(root).toMatchObject({
      kind: SERVER,
      parentSpanId: '',
      attributes: { 'latchkey.door': 'rest', 'http.response.status_code': 200, 'latchkey.code': 'none' },
    })
    const children = spans.filter(({ traceId }) => traceId === root?.traceId)
    expect(children.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'argon2id',
        'select users',
        'insert sessions, insert audit_events, insert known_networks',
      ]),
    )
    const statement = children.find(({ name }) => name === 'select users')
    expect(statement).toMatchObject({
      kind: CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.summary': 'select users' },
    })
    const ids = new Set(children.map(({ spanId }) => spanId))
    for (const span of children) if (span !== root) expect(ids).toContain(span.parentSpanId)
    expect(receiver.resource).toMatchObject({ 'service.name': 'auth', 'deployment.environment.name': 'test' })
    expect(receiver.headers[0]?.authorization).toBe('Bearer of-the-collector')
  })

  it('goes on with the trace of a trusted proxy, and is named in the log', async () => {
    await start()
    await call(`${server.url}/user/`, { headers: { traceparent: `00-${TRACE}-${PARENT}-01` } })
    const lines = server.logLines.filter((line) => line.includes(TRACE))
    expect(lines).not.toEqual([])
    const spans = await stop()
    expect(spans).toContainEqual(
      expect.objectContaining({ name: 'getOwnUser', traceId: TRACE, parentSpanId: PARENT }),
    )
  })

  it('is one for all calls of a batch', async () => {
    await start()
    await call(`${server.url}/trpc/user.get,sessions.list?batch=1`)
    const spans = await stop()
    const batch = spans.find(({ name }) => name === 'batch')
    expect(batch?.attributes).toMatchObject({ 'http.response.status_code': 401, 'latchkey.code': 'none' })
    const calls = spans.filter(({ parentSpanId }) => parentSpanId === batch?.spanId)
    expect(calls.map(({ name }) => name).toSorted()).toEqual(['getOwnUser', 'listSessions'])
  })

  it('has nothing around the single call of a tRPC request', async () => {
    await start()
    await call(`${server.url}/trpc/user.get`)
    const spans = await stop()
    expect(spans.find(({ name }) => name === 'getOwnUser')).toMatchObject({ parentSpanId: '' })
    expect(spans.map(({ name }) => name)).not.toContain('batch')
  })

  it('is named in the lines of the domain and in the line of the request', async () => {
    await start()
    const { tokens } = await signUp(server.ctx)
    const refresh = () => call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } })
    await refresh()
    server.clock.seconds += 31
    await refresh()
    const lines = server.logLines.map((line) => JSON.parse(line) as { msg: string; traceId?: string })
    const reused = lines.find(({ msg }) => msg !== 'request')
    const spans = await stop()
    const traces = spans.filter(({ name }) => name === 'refreshSession').map(({ traceId }) => traceId)
    expect(traces).toHaveLength(2)
    expect(traces).toContain(reused?.traceId)
    const requests = lines.filter(({ msg }) => msg === 'request')
    expect(requests.map(({ traceId }) => traceId).toSorted()).toEqual(traces.toSorted())
  })

  it('marks a fault of the server, with the state of the database and without its words', async () => {
    await start()
    const { email } = await signUp(server.ctx)
    await server.database.sql`alter table sessions rename to hidden`
    await call(`${server.url}/login/`, { json: { email, password: PASSWORD } })
    const spans = await stop()
    expect(spans.find(({ name }) => name === 'login')).toMatchObject({
      statusCode: 2,
      attributes: { 'http.response.status_code': 500, 'latchkey.code': 'error' },
    })
    expect(spans.some(({ attributes }) => attributes['error.type'] === '42P01')).toBe(true)
    expect(Buffer.concat(receiver.bodies).toString('latin1')).not.toContain('does not exist')
  })
})

it('a mail has a trace of its own', async () => {
  await start({}, true)
  const { email } = await signUp(server.ctx)
  await call(`${server.url}/password/reset/`, { json: { email } })
  await server.mailbox.next(email, 'reset-password')
  const spans = await stop()
  expect(spans).toContainEqual(expect.objectContaining({ name: 'reset-password', parentSpanId: '' }))
})

it('no value of a caller is in any span', async () => {
  await start({}, true)
  const person = await signUp(server.ctx)
  const agent = 'an-agent-of-this-test'
  const headers = { 'user-agent': agent, 'x-forwarded-for': '203.0.113.77' }
  const json = { email: person.email, password: PASSWORD }
  const login = await call(`${server.url}/login/`, { json, headers })
  const tokens = login.body as { access: string; refresh: string }
  const email = newEmail()
  await call(`${server.url}/login/`, { json: { ...json, email }, headers })
  await call(`${server.url}/user/`, { token: tokens.access, headers })
  await call(`${server.url}/user/`, {
    method: 'PATCH',
    json: { first_name: 'Adalovelace' },
    token: tokens.access,
  })
  await call(`${server.url}/sessions/${person.sessionId}/`, { method: 'DELETE', token: tokens.access })
  await call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh }, headers })
  const change = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  await call(`${server.url}/password/change/`, { json: change, token: tokens.access })
  await call(`${server.url}/password/reset/`, { json: { email: person.email } })
  await call(`${server.url}/registration/verification/of-a-secret-key-0123456789/`, { headers })
  await stop()
  const sent = Buffer.concat(receiver.bodies).toString('latin1')
  expect(receiver.spans.length).toBeGreaterThan(20)
  const { email: own, userId, sessionId } = person
  const values = [own, email, userId, sessionId, agent, PASSWORD, NEW_PASSWORD, 'Adalovelace', '203.0.113.77']
  const hidden = [...values, tokens.access, tokens.refresh, 'of-a-secret-key', 'example.com', 'where']
  for (const value of hidden) expect(sent).not.toContain(value)
  // The random bytes of an id may be these two characters, so the texts of the spans are read.
  expect(JSON.stringify(receiver.spans)).not.toContain('$1')
})

it('what the sampler leaves out is not sent, and the log names no trace', async () => {
  await start({ sampler: 'always_off' })
  await call(`${server.url}/user/`)
  expect(server.logLines.join('')).not.toContain('traceId')
  expect(await stop()).toEqual([])
})

it('a collector that refuses is one line in the log, and no caller notices it', async () => {
  await receiver.close()
  receiver = await startOtlpReceiver(400)
  await start()
  expect((await call(`${server.url}/user/`)).status).toBe(401)
  await stop()
  expect(server.coreLogLines.filter((line) => line.includes('traces_lost'))).toHaveLength(1)
})
