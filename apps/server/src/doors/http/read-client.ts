import type { Client } from '@latchkey/core'
import type { AppContext } from './app-env.ts'
import { findClientAddress, type TrustedProxies } from './forwarded.ts'

const USER_AGENT_MAX_CHARACTERS = 512
const ACCEPT_LANGUAGE_MAX_CHARACTERS = 512

export type ReadClient = (c: AppContext) => Client

/** Makes the function that reads the IP address of a client (also from a trusted proxy), its program and its languages. */
export function createClientReader(trusted: TrustedProxies): ReadClient {
  return (c) => {
    const peer = c.env?.incoming?.socket.remoteAddress
    const { headers } = c.req.raw
    return {
      ip: peer === undefined ? null : findClientAddress(peer, headers.get('x-forwarded-for'), trusted),
      userAgent: headers.get('user-agent')?.slice(0, USER_AGENT_MAX_CHARACTERS) ?? null,
      acceptLanguage: headers.get('accept-language')?.slice(0, ACCEPT_LANGUAGE_MAX_CHARACTERS) ?? null,
      proof: null,
    }
  }
}
