// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type { PlainOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/**
 * Creates the operations that only send a request.
 *
 * @param send - sends a request without a user
 * @param sendAsUser - sends a request as the signed-in user
 */
export function createPlainOperations(send: SendRoute, sendAsUser: SendRoute): PlainOperations {
  return {
    registration: {
      resend: (input) => send('POST /registration/resend-email/', input),
    },
    password: {
      requestReset: (input) => send('POST /password/reset/', input),
    },
    email: {
      change: (input) => sendAsUser('POST /email/change/', input),
      pendingChange: () => sendAsUser('GET /email/change/'),
      cancelChange: () => sendAsUser('DELETE /email/change/', {}, { isEmpty: true }),
    },
    user: {
      get: () => sendAsUser('GET /user/'),
      update: (input) => sendAsUser('PATCH /user/', input, { changesUser: true }),
    },
    sessions: {
      list: () => sendAsUser('GET /sessions/'),
    },
    securityEvents: {
      list: (input) => sendAsUser('GET /security-events/', input),
    },
  }
}
