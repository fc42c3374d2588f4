import { z } from 'zod'
import { securityEvent } from '../answers.ts'
import { defineOperation } from '../define-operation.ts'
import { nextCursorField, pageFields } from '../page-fields.ts'

/** The security events of the caller. */
export const securityOperations = {
  /** Lists the security events of the caller. */
  listSecurityEvents: defineOperation({
    procedure: 'security.events',
    client: 'securityEvents.list',
    method: 'GET',
    path: '/security-events/',
    operationId: 'security_events_list',
    tag: 'User',
    summary: "List what happened to one's own account",
    description: 'The newest first. What staff did says so, but not which member of it.',
    access: 'authenticated',
    input: pageFields,
    output: z
      .object({ events: z.array(securityEvent), next_cursor: nextCursorField() })
      .meta({ id: 'SecurityEventPage' }),
  }),
}
