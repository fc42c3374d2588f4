import { expect, it } from 'vitest'
import type { AppContext } from './app-env.ts'
import { type ClientOptions, createClientReader } from './read-client.ts'

const SENT = { 'x-forwarded-for': '203.0.113.7', dpop: 'a-proof' }

/** Reads the client of a request that arrived on a connection. */
function read(socket: object, options: Partial<ClientOptions> = {}) {
  const raw = new Request('http://localhost:3000/login/', { method: 'POST', headers: SENT })
  const c = { env: { incoming: { socket } }, req: { raw, path: '/login/' } }
  return createClientReader({ trustedProxies: { hops: 0 }, production: false, ...options })(
    c as unknown as AppContext,
  )
}

it('the address is that of the connection, or what a trusted proxy names', () => {
  expect(read({ remoteAddress: '192.0.2.1' }).ip).toBe('192.0.2.1')
  expect(read({ remoteAddress: '192.0.2.1' }, { trustedProxies: { hops: 1 } }).ip).toBe('203.0.113.7')
})

it('a connection that is gone has no address, also when a header names one', () => {
  expect(read({}, { trustedProxies: { hops: 1 } }).ip).toBeNull()
})

it('a proof may name the port of the connection in development, and not in production', () => {
  const socket = { remoteAddress: '127.0.0.1', localPort: 5001 }
  expect(read(socket).proof).toEqual({
    header: 'a-proof',
    method: 'POST',
    path: '/login/',
    loopbackPort: 5001,
  })
  expect(read(socket, { production: true }).proof?.loopbackPort).toBeUndefined()
})
