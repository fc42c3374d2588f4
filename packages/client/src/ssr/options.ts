import { CLIENT_NUMBERS } from '../client.ts'
import type { NumberNames, NumberOption } from '../http/number-option.ts'

/** Options of `createServerAuth`. */
export interface ServerAuthOptions {
  /** The address at which this app reaches the auth server. */
  baseUrl: string
  /** The `PUBLIC_URL` of the auth server; `baseUrl` unless given. */
  issuer?: string
  /**
   * The address of this app in the browser: `https://app.example.com`. Pages of other origins may change nothing. With
   * `http:` the cookie is not `Secure`.
   */
  appUrl: string
  /** Lets `appUrl` be plain http at another machine than this one. For development only. */
  allowInsecureCookies?: boolean
  /** The number of proxies in front of this app that write `X-Forwarded-For`; 0 to 100, 0 unless given. */
  trustedProxies?: number
  /** The name of the cookie, after its `__Host-`; `latchkey` unless given. */
  cookieName?: string
  /** The server's `REFRESH_GRACE`; 0 to 2147483, 30 unless given. */
  refreshGraceSeconds?: number
  /** The time after which a call fails with `timeout`; 0.001 to 300, 5 unless given, because a page waits for it. */
  timeoutSeconds?: number
  /** Sends every request to the auth server; the global `fetch` unless given. */
  fetch?: typeof fetch
}

/** The options that are numbers. */
export const SERVER_AUTH_NUMBERS: Readonly<Record<NumberNames<ServerAuthOptions>, NumberOption>> = {
  trustedProxies: { fallback: 0, min: 0, max: 100 },
  refreshGraceSeconds: CLIENT_NUMBERS.refreshGraceSeconds,
  timeoutSeconds: { fallback: 5, min: 0.001, max: 300 },
}
