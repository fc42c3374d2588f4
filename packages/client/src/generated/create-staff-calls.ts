// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type { StaffOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/** Creates the operations of staff. */
export function createStaffCalls(sendAsUser: SendRoute): StaffOperations {
  return {
    users: {
      list: (input) => sendAsUser('GET /staff/users/', input),
      get: ({ id }) => sendAsUser('GET /staff/users/{id}/', { id }),
      create: (input) => sendAsUser('POST /staff/users/', input),
      deactivate: ({ id }) => sendAsUser('POST /staff/users/{id}/deactivate/', { id }, { isEmpty: true }),
      reactivate: ({ id }) => sendAsUser('POST /staff/users/{id}/reactivate/', { id }, { isEmpty: true }),
      setRole: ({ id, role }) => sendAsUser('POST /staff/users/{id}/role/', { id, role }, { isEmpty: true }),
      sendReset: ({ id, redirect_to }) => sendAsUser('POST /staff/users/{id}/reset/', { id, redirect_to }),
      resetFactors: ({ id }) => sendAsUser('POST /staff/users/{id}/reset-factors/', { id }, { isEmpty: true }),
      delete: ({ id }) => sendAsUser('DELETE /staff/users/{id}/', { id }, { isEmpty: true }),
    },
    sessions: {
      list: ({ id }) => sendAsUser('GET /staff/users/{id}/sessions/', { id }),
      end: ({ id, session_id }) => sendAsUser('DELETE /staff/users/{id}/sessions/{session_id}/', { id, session_id }, { isEmpty: true }),
      endAll: ({ id }) => sendAsUser('DELETE /staff/users/{id}/sessions/', { id }, { isEmpty: true }),
    },
    events: {
      list: ({ id, cursor, limit }) => sendAsUser('GET /staff/users/{id}/events/', { id, cursor, limit }),
    },
  }
}
