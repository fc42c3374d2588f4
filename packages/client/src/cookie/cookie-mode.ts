import * as routes from '../generated/routes.ts'
import { LatchkeyError } from '../http/error.ts'
import { type HeldTokens, isFresh } from '../session/held-tokens.ts'
import type { Mode } from '../session/mode.ts'
import { warnOfOtherSite } from './warn-of-other-site.ts'

const SIGNED_OUT = 'signed-out'

/**
 * The preference for an empty answer where there is no cookie (RFC 7240): a browser shows every refusal in red in its
 * console.
 *
 * Only the server names it in an answer. An empty answer of a proxy says nothing about the session.
 */
const OPTIONAL_SESSION = 'session=optional'

/**
 * The refresh token is in an HttpOnly cookie, which no script can read. The server runs with
 * `REFRESH_TOKEN_AS_COOKIE=true`.
 *
 * No token is stored: the access token is in memory. The item names the session, when it began and its key, so that
 * other tabs see sign-ins and sign-outs. Where the storage has no item, one refresh finds out whether there is a cookie.
 */
export const cookieMode: Mode = {
  withCookies: true,
  signedOut: SIGNED_OUT,
  print: ({ session, startedAt, bound }) => `${session} ${startedAt}${bound ? ` ${bound}` : ''}`,
  parse: (item) => (item === SIGNED_OUT ? null : describeUnknown(item)),
  requestTokens: async (send, _held, limits) => {
    const body = await send({
      route: routes.refreshSession,
      fields: {},
      withCookies: true,
      init: { headers: { Prefer: OPTIONAL_SESSION } },
      peek: ({ headers }) => headers.get('preference-applied') === OPTIONAL_SESSION || undefined,
      ...limits,
    })
    if (body !== true) return body
    throw new LatchkeyError('invalid', 'There is no cookie.', { status: 400, fields: { refresh: [] } })
  },
  // The sign-in replaces the cookie. After that only an access token can end the session before.
  prepareEnd: async (tokenStore, refresh) => {
    const held = await tokenStore.read()
    if (held?.session && !isFresh(held)) await refresh(null)
  },
  // A sign-out would end the session of the cookie.
  endSession: (send, { session, access }) =>
    send({ route: routes.revokeSession, fields: { id: session }, access, isEmpty: true }),
  check: warnOfOtherSite,
}

/** Describes a session of which only the cookie and the stored item are known. */
function describeUnknown(item: string): HeldTokens {
  const [session = '', startedAt = 0, bound] = item.split(' ')
  const unknown = {
    access: null,
    refresh: null,
    generation: 0,
    issuedAt: 0,
    sentAt: 0,
    lifetimeMilliseconds: 0,
  }
  return { ...unknown, session, bound, startedAt: Number(startedAt), age: () => Number.POSITIVE_INFINITY }
}
