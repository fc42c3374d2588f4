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
      cancelChange: () => sendAsUser('DELETE /email/change/'),
    },
    user: {
      get: () => sendAsUser('GET /user/'),
      update: (input) => sendAsUser('PATCH /user/', input),
    },
    sessions: {
      list: () => sendAsUser('GET /sessions/'),
    },
    securityEvents: {
      list: (input) => sendAsUser('GET /security-events/', input),
    },
    staff: {
      users: {
        list: (input) => sendAsUser('GET /staff/users/', input),
        get: ({ id }) => sendAsUser('GET /staff/users/{id}/', { id }),
        create: (input) => sendAsUser('POST /staff/users/', input),
        deactivate: ({ id }) => sendAsUser('POST /staff/users/{id}/deactivate/', { id }),
        reactivate: ({ id }) => sendAsUser('POST /staff/users/{id}/reactivate/', { id }),
        setRole: ({ id, role }) => sendAsUser('POST /staff/users/{id}/role/', { id, role }),
        sendReset: ({ id, redirect_to }) => sendAsUser('POST /staff/users/{id}/reset/', { id, redirect_to }),
        delete: ({ id }) => sendAsUser('DELETE /staff/users/{id}/', { id }),
      },
      sessions: {
        list: ({ id }) => sendAsUser('GET /staff/users/{id}/sessions/', { id }),
        end: ({ id, session_id }) => sendAsUser('DELETE /staff/users/{id}/sessions/{session_id}/', { id, session_id }),
        endAll: ({ id }) => sendAsUser('DELETE /staff/users/{id}/sessions/', { id }),
      },
      events: {
        list: ({ id, cursor, limit }) => sendAsUser('GET /staff/users/{id}/events/', { id, cursor, limit }),
      },
    },
  }
}
