import {
  createTestDatabase,
  type Gate,
  openGate,
  PASSWORD,
  type Person,
  signUp,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const rejections: unknown[] = []
const note = (reason: unknown) => void rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))

let server: TestServer
afterEach(async () => {
  await server.close()
  expect(rejections).toEqual([])
})

describe('an outage of the database', () => {
  let database: TestDatabase
  let gate: Gate
  beforeEach(async () => {
    database = await createTestDatabase()
    const { hostname, port } = new URL(database.url)
    gate = await openGate({ host: hostname, port: Number(port) })
    const url = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: gate.port }).href
    server = await startTestServer({ core: { database: { ...database, url } } })
  })
  afterEach(async () => {
    await gate.shut()
    await database.drop()
  })

  it('is answered with 503 and a code, and the server recovers by itself without a loss', async () => {
    const owner = await signUp(server.ctx)
    await gate.shut()
    const { access, refresh } = owner.tokens
    const json = { email: owner.email, password: PASSWORD }
    for (const answer of [
      await call(`${server.url}/login/`, { json }),
      await call(`${server.url}/refresh/`, { json: { refresh } }),
      await call(`${server.url}/user/`, { token: access }),
      await call(`${server.url}/password/reset/`, { json: { email: owner.email } }),
      await callTrpc(server.url, { path: 'user.get', type: 'query' }, { token: access }),
    ]) {
      expect(answer.status, answer.text).toBe(503)
      expect(answer.text).toContain('"unavailable"')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    await gate.open()
    await waitUntil(async () => (await call(`${server.url}/readyz`)).status === 200, 'the server to recover')
    expect((await call(`${server.url}/user/`, { token: access })).status).toBe(200)
    expect((await call(`${server.url}/refresh/`, { json: { refresh } })).status).toBe(200)
    expect((await call(`${server.url}/login/`, { json })).status).toBe(200)
  })

  it('under load loses no answered refresh and no answered sign-up', async () => {
    const people: Person[] = []
    let isOver = false
    const answered = new Set<number>()
    const signUps = Array.from({ length: 4 }, async (_, worker) => {
      for (let i = 0; !isOver; i++) {
        const email = `load-${worker}-${i}@example.com`
        const json = { email, password1: PASSWORD, password2: PASSWORD, first_name: 'A', last_name: 'B' }
        const answer = await call(`${server.url}/registration/`, { json })
        answered.add(answer.status)
        if (answer.status !== 201) continue
        people.push({
          email,
          password: PASSWORD,
          tokens: answer.body as Person['tokens'],
          userId: '',
          sessionId: '',
        })
      }
    })
    await waitUntil(() => people.length >= 8, 'some sign-ups')
    await gate.shut()
    await waitUntil(() => answered.has(503), 'a sign-up without a database')
    await gate.open()
    const before = people.length
    await waitUntil(() => people.length > before, 'a sign-up after the outage')
    isOver = true
    await Promise.all(signUps)
    expect([...answered].sort()).toEqual([201, 503])
    await waitUntil(async () => (await call(`${server.url}/readyz`)).status === 200, 'the server to recover')
    for (const { tokens } of people) {
      const answer = await call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } })
      expect(answer.status).toBe(200)
    }
  })
})
