// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type { PlainOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/** The operations written by hand, of groups that have generated ones too. */
interface OwnGroups {
  readonly password: object
  readonly user: object
  readonly sessions: object
}

/**
 * Creates the operations of a client from those that only send a request, and those written by hand.
 *
 * @param send - sends a request without a user
 * @param sendAsUser - sends a request as the signed-in user
 */
export function createPlainOperations<Own extends OwnGroups>(
  send: SendRoute,
  sendAsUser: SendRoute,
  own: Own,
): PlainOperations & Own {
  return {
    ...own,
    registration: {
      resend: (input) => send('POST /registration/resend-email/', input),
    },
    password: {
      requestReset: (input) => send('POST /password/reset/', input),
      ...own.password,
    },
    email: {
      change: (input) => sendAsUser('POST /email/change/', input),
      pendingChange: () => sendAsUser('GET /email/change/'),
      cancelChange: () => sendAsUser('DELETE /email/change/', {}, { isEmpty: true }),
    },
    user: {
      get: () => sendAsUser('GET /user/'),
      update: (input) => sendAsUser('PATCH /user/', input, { changesUser: true }),
      ...own.user,
    },
    sessions: {
      list: () => sendAsUser('GET /sessions/'),
      ...own.sessions,
    },
    securityEvents: {
      list: (input) => sendAsUser('GET /security-events/', input),
    },
  }
}
