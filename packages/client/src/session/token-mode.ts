import * as routes from '../generated/routes.ts'
import { parseTokens } from './held-tokens.ts'
import type { Mode } from './mode.ts'

/** The refresh token is in the storage: the item is the token pair. */
export const tokenMode: Mode = {
  withCookies: false,
  signedOut: null,
  print: ({ access, refresh, sentAt, bound, key }) => JSON.stringify({ access, refresh, sentAt, bound, key }),
  parse: (item) => {
    try {
      const { access, refresh, sentAt, bound, key } = JSON.parse(item)
      // What are no tokens has no claims. What is no time makes the access token old.
      const held = parseTokens({ access, refresh: `${refresh}`, bound }, sentAt)
      return held && { ...held, key }
    } catch {
      return null
    }
  },
  requestTokens: (send, { refresh }, limits) =>
    send({ route: routes.refreshSession, fields: { refresh }, ...limits }),
  // An expired access token is enough to sign out.
  endSession: (send, { access, refresh }) => send({ route: routes.logout, fields: { refresh }, access }),
}
