import { operations } from '@latchkey/contract'
import { createTestDatabase, openQuietProxy, PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { readSamples, sumOf } from './read-metrics.ts'

const TOKEN = 'a-token-of-tests-that-is-long-enough-0123456789'
const METRICS = { port: null, host: '127.0.0.1', token: TOKEN }
const LOGIN = { path: 'auth.login', type: 'mutation' }

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ seeing: { metrics: METRICS }, settings: { emailVerification: 'none' } })
})
afterAll(() => server.close())

describe('/metrics on the main port', () => {
  it('is given to a holder of the token', async () => {
    const answer = await call(`${server.url}/metrics`, { token: TOKEN })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(sumOf(answer.text, 'latchkey_database_up')).toBe(1)
  })

  it.each([undefined, `${TOKEN}x`, TOKEN.slice(1), ''])('is refused with the token %j', async (token) => {
    const answer = await call(`${server.url}/metrics`, token === undefined ? {} : { token })
    expect(answer.status).toBe(401)
    expect(answer.text).not.toContain('latchkey_')
  })

  it('is not there without a token, also when the metrics have a port of their own', async () => {
    for (const seeing of [{}, { metrics: { ...METRICS, port: 0 } }]) {
      const other = await startTestServer({ seeing })
      const answer = await call(`${other.url}/metrics`, { token: TOKEN })
      expect(answer.status).toBe(404)
      await other.close()
    }
  })
})

describe('a call is counted', () => {
  it('by operation, door, status and code', async () => {
    const { email } = await signUp(server.ctx)
    const good = { email, password: PASSWORD }
    await call(`${server.url}/login/`, { json: good })
    await call(`${server.url}/login/`, { json: { ...good, password: 'wrong' } })
    await callTrpc(server.url, LOGIN, { input: { ...good, password: 'wrong' } })
    const text = await server.renderMetrics()
    const count = (labels: object) => sumOf(text, 'latchkey_calls_total', { operation: 'login', ...labels })
    expect(count({ door: 'rest', status: '200', code: 'none' })).toBe(1)
    expect(count({ door: 'rest', status: '401', code: 'incorrect_credentials' })).toBe(1)
    expect(count({ door: 'trpc', status: '401', code: 'incorrect_credentials' })).toBe(1)
    expect(sumOf(text, 'latchkey_call_duration_seconds_count', { operation: 'login' })).toBe(3)
    expect(sumOf(text, 'latchkey_refusals_total', { code: 'incorrect_credentials' })).toBe(2)
  })

  it('by the door of a page only where a person gets one', async () => {
    const headers = { accept: 'text/html' }
    await call(`${server.url}/email/change/confirm/x/`, { headers })
    await call(`${server.url}/email/change/confirm/x/`)
    await call(`${server.url}/passkeys/`, { headers })
    const text = await server.renderMetrics()
    const count = (operation: string, door: string) =>
      sumOf(text, 'latchkey_calls_total', { operation, door }) ?? 0
    expect([count('confirmEmailChange', 'page'), count('confirmEmailChange', 'rest')]).toEqual([1, 1])
    expect([count('listPasskeys', 'page'), count('listPasskeys', 'rest')]).toEqual([0, 1])
  })

  it('of a batch each by its name', async () => {
    const before = await server.renderMetrics()
    await call(`${server.url}/trpc/user.get,sessions.list?batch=1`)
    const after = await server.renderMetrics()
    for (const operation of ['getOwnUser', 'listSessions']) {
      const labels = { operation, door: 'trpc', code: 'not_authenticated' }
      const count = (text: string) => sumOf(text, 'latchkey_calls_total', labels) ?? 0
      expect(count(after) - count(before)).toBe(1)
    }
  })

  it('under one name, whatever unknown path was called', async () => {
    const before = readSamples(await server.renderMetrics()).length
    const unknown = async () =>
      sumOf(await server.renderMetrics(), 'latchkey_calls_total', { operation: 'unknown', code: 'not_found' })
    await call(`${server.url}/nowhere/0`)
    const first = await unknown()
    for (let n = 1; n < 20; n++) await call(`${server.url}/nowhere/${n}`, { method: 'PROPFIND' })
    expect(await unknown()).toBe((first ?? 0) + 19)
    await call(`${server.url}/trpc/no.such`)
    await call(`${server.url}/login/`, { method: 'DELETE' })
    const after = readSamples(await server.renderMetrics())
    expect(after.length - before).toBeLessThan(60)
  })

  it('as another one when it reaches no operation of a known path, and only then', async () => {
    const others = async () => {
      const text = await server.renderMetrics()
      const count = (labels: object) =>
        sumOf(text, 'latchkey_calls_total', { operation: 'other', ...labels }) ?? 0
      return [
        count({}),
        count({ door: 'trpc', code: 'not_found' }),
        count({ door: 'other', code: 'method_not_allowed' }),
        count({ door: 'other', status: '200', code: 'none' }),
      ]
    }
    const before = await others()
    await call(`${server.url}/trpc/no.such`)
    await call(`${server.url}/login/`, { method: 'DELETE' })
    await call(`${server.url}/healthz`)
    await call(`${server.url}/user/`)
    await call(`${server.url}/trpc/user.get`)
    await call(`${server.url}/nowhere/`)
    expect((await others()).map((now, at) => now - (before[at] ?? 0))).toEqual([3, 1, 1, 1])
  })

  it('with no name but those of the contract', async () => {
    const samples = readSamples(await server.renderMetrics()).filter(({ labels }) => 'operation' in labels)
    for (const { labels } of samples) {
      expect([...Object.keys(operations), 'other', 'unknown']).toContain(labels.operation)
    }
  })
})

it('no sample has a value of a caller', async () => {
  const { email, userId, sessionId, tokens } = await signUp(server.ctx)
  const secret = 'gCjLZ5o2VQKmFhTqA1yR8bXwUeNs0dPi'
  await call(`${server.url}/login/`, { json: { email, password: secret } })
  await call(`${server.url}/user/`, { token: tokens.access, headers: { 'user-agent': secret } })
  await call(`${server.url}/sessions/${sessionId}/`, { method: 'DELETE', token: tokens.access })
  await call(`${server.url}/${secret}/`, { headers: { 'x-request-id': secret } })
  const text = await server.renderMetrics()
  for (const value of [email, userId, sessionId, secret, '127.0.0.1']) expect(text).not.toContain(value)
})

it('a scrape works without the database, and leaves out what it does not know', async () => {
  const database = await createTestDatabase({ mail: true })
  const proxy = await openQuietProxy(database.url)
  const core = { database: { ...database, url: proxy.url } }
  const other = await startTestServer({ seeing: { metrics: METRICS }, mail: true, core })
  proxy.isQuiet = true
  const text = await other.renderMetrics()
  for (const name of ['latchkey_database_up', 'latchkey_ready']) expect(sumOf(text, name)).toBe(0)
  for (const name of ['mails_waiting', 'clock_offset_seconds', 'housekeeping_overdue']) {
    expect(sumOf(text, `latchkey_${name}`)).toBeNull()
  }
  expect(sumOf(text, 'latchkey_pool_open')).toBeGreaterThan(0)
  expect(sumOf(text, 'nodejs_heap_size_used_bytes')).toBeGreaterThan(0)
  proxy.isQuiet = false
  await other.close()
  await proxy.close()
  await database.drop()
})
