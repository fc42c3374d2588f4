import type { Client } from '@latchkey/core'
import type { AppContext } from './env.ts'

const USER_AGENT_MAX_CHARACTERS = 512

/** Says who is on the other end: the address of the connection itself, and what the client calls itself. */
export function readClient(c: AppContext): Client {
  const address = c.env?.incoming?.socket.remoteAddress
  return {
    // A dual-stack socket tells IPv4 addresses in IPv6 clothes.
    ip: address?.startsWith('::ffff:') ? address.slice('::ffff:'.length) : (address ?? null),
    userAgent: c.req.raw.headers.get('user-agent')?.slice(0, USER_AGENT_MAX_CHARACTERS) ?? null,
  }
}
