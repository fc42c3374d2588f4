import { sessionList } from '../answers.ts'
import { defineOperation } from '../define-operation.ts'
import { idField } from '../fields.ts'

/** A user's own sessions. */
export const sessionOperations = {
  /** Lists the caller's sessions. */
  listSessions: defineOperation({
    procedure: 'sessions.list',
    method: 'GET',
    path: '/sessions/',
    operationId: 'sessions_list',
    tag: 'Sessions',
    summary: "List one's own sessions",
    description: 'The one last seen comes first.',
    access: 'authenticated',
    output: sessionList,
  }),

  /** Ends one of the caller's sessions. */
  revokeSession: defineOperation({
    procedure: 'sessions.revoke',
    method: 'DELETE',
    path: '/sessions/{id}/',
    operationId: 'sessions_revoke',
    tag: 'Sessions',
    summary: "End one of one's own sessions",
    description: "Another user's session and an unknown one get the same answer.",
    access: 'authenticated',
    protects: true,
    input: () => ({ id: idField() }),
    refusals: ['not_found'],
  }),
}
