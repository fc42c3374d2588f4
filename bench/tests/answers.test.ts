import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BETTER_AUTH, BETTER_AUTH_JWT } from '../src/callers/better-auth.ts'
import { BOUND, WITHOUT_NONCE } from '../src/callers/bound.ts'
import { REST } from '../src/callers/rest.ts'
import { TRPC } from '../src/callers/trpc.ts'

const TOKENS = { access: 'a', refresh: 'r', email: 'other@example.com', user: { email: 'other@example.com' } }
/** What the server of the test answers next, for every protocol at once. */
let next: { status: number; body: object; cookie: string }
let server: Server
let port: number

beforeAll(async () => {
  server = createServer((_request, response) => {
    const body = JSON.stringify({ ...next.body, result: { data: next.body } })
    response.writeHead(next.status, {
      'Content-Length': Buffer.byteLength(body),
      'Set-Cookie': next.cookie,
      'DPoP-Nonce': 'a-nonce',
    })
    response.end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const good = { status: 200, body: TOKENS, cookie: 'session=1' }

const PROTOCOLS = [
  ['REST', REST],
  ['tRPC', TRPC],
  ['better-auth', BETTER_AUTH],
] as const

test.each(PROTOCOLS)('%s: the answer of another user stops the run', async (_, protocol) => {
  next = good
  const person = await protocol.signUp(port, 'own@example.com')
  await expect(person.readUser()).rejects.toThrow('took own@example.com for other@example.com')
  person.close()
})

test.each(PROTOCOLS)('%s: a refused sign-in stops the run', async (_, protocol) => {
  next = good
  const person = await protocol.signUp(port, 'own@example.com')
  next = { ...good, status: 401 }
  await expect(person.login()).rejects.toThrow('answered 401')
  person.close()
})

test.each([
  ['REST', REST],
  ['tRPC', TRPC],
] as const)('%s: a refresh without a new refresh token stops the run', async (_, protocol) => {
  next = good
  const person = await protocol.signUp(port, 'own@example.com')
  next = { ...good, body: { access: 'a' } }
  await expect(person.refresh()).rejects.toThrow('no refresh token')
  person.close()
})

test('a sign-up that the server does not bind stops the run of bound refreshes', async () => {
  next = good
  await expect(BOUND.signUp(port, 'own@example.com')).rejects.toThrow('bound no session')
})

test('a refresh without a nonce that is answered with tokens stops the run', async () => {
  next = { ...good, body: { ...TOKENS, bound: true } }
  const person = await WITHOUT_NONCE.signUp(port, 'own@example.com')
  await expect(person.refresh()).rejects.toThrow('answered 200')
  person.close()
})

test('a refresh of better-auth with signed tokens that brings none stops the run', async () => {
  next = { ...good, body: { user: { email: 'own@example.com' } } }
  const person = await BETTER_AUTH_JWT.signUp(port, 'own@example.com')
  await expect(person.refresh()).rejects.toThrow('no token')
  person.close()
})

test('a caller that rested calls on a new connection, so a server may close an unused one at any time', async () => {
  next = { ...good, body: { ...TOKENS, email: 'own@example.com' } }
  const seen = new Set<unknown>()
  server.on('request', ({ socket }) => seen.add(socket))
  const person = await REST.signUp(port, 'own@example.com')
  await person.readUser()
  expect(seen.size).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await person.readUser()
  expect(seen.size).toBe(2)
  person.close()
})
