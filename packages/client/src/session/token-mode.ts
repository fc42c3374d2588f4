import * as routes from '../generated/routes.ts'
import { parseTokens } from './held-tokens.ts'
import type { Mode } from './mode.ts'

/** The refresh token is in the storage: the item is the token pair. */
export const tokenMode: Mode = {
  withCookies: false,
  signedOut: null,
  print: ({ access, refresh, sentAt }) => JSON.stringify({ access, refresh, sentAt }),
  parse: (item) => {
    try {
      const { access, refresh, sentAt } = JSON.parse(item)
      // What are no tokens has no claims. What is no time makes the access token old.
      return parseTokens({ access, refresh: `${refresh}` }, sentAt)
    } catch {
      return null
    }
  },
  requestTokens: (send, { refresh }, limits) =>
    send({ route: routes.refreshSession, fields: { refresh }, ...limits }),
  // An expired access token is enough to sign out.
  endSession: (send, { access, refresh }) => send({ route: routes.logout, fields: { refresh }, access }),
}
