import type { Client, PresentedProof } from '@latchkey/core'
import type { AppContext } from './app-env.ts'
import { findClientAddress, type TrustedProxies } from './forwarded.ts'

const USER_AGENT_MAX_CHARACTERS = 512
const ACCEPT_LANGUAGE_MAX_CHARACTERS = 512

export type ReadClient = (c: AppContext) => Client

export interface ClientOptions {
  trustedProxies: TrustedProxies
  production: boolean
}

/**
 * Makes the function that reads the IP address of a client (also from a trusted proxy), its program, its languages, and
 * its proof of a key.
 */
export function createClientReader(options: ClientOptions): ReadClient {
  const { trustedProxies: trusted } = options
  return (c) => {
    const peer = c.env?.incoming?.socket.remoteAddress
    const { headers } = c.req.raw
    return {
      ip: peer === undefined ? null : findClientAddress(peer, headers.get('x-forwarded-for'), trusted),
      userAgent: headers.get('user-agent')?.slice(0, USER_AGENT_MAX_CHARACTERS) ?? null,
      acceptLanguage: headers.get('accept-language')?.slice(0, ACCEPT_LANGUAGE_MAX_CHARACTERS) ?? null,
      proof: readProof(c, options),
    }
  }
}

/** The port comes from the connection. In production only the addresses of the settings count. */
function readProof(c: AppContext, { production }: ClientOptions): PresentedProof | null {
  const header = c.req.raw.headers.get('dpop')
  if (header === null) return null
  const loopbackPort = production ? undefined : c.env?.incoming?.socket.localPort
  return { header, method: c.req.raw.method, path: c.req.path, loopbackPort }
}
