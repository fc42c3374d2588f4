import { z } from 'zod'
import { sessionList, staffEvent } from '../answers.ts'
import { defineOperation } from '../define-operation.ts'
import { idField } from '../fields.ts'
import { nextCursorField, pageFields } from '../page-fields.ts'

/** The operations of staff on the sessions and events of users. */
export const staffSessionOperations = {
  /** Lists the sessions of a user. */
  listUserSessions: defineOperation({
    procedure: 'staff.sessions.list',
    method: 'GET',
    path: '/staff/users/{id}/sessions/',
    operationId: 'staff_sessions_list',
    tag: 'Staff',
    summary: 'List the sessions of an account',
    description: 'Those of staff and superusers, superusers alone.',
    access: 'staff',
    input: () => ({ id: idField() }),
    output: sessionList,
    refusals: ['not_found'],
  }),

  /** Ends one session of a user. */
  endUserSession: defineOperation({
    procedure: 'staff.sessions.end',
    method: 'DELETE',
    path: '/staff/users/{id}/sessions/{session_id}/',
    operationId: 'staff_sessions_end',
    tag: 'Staff',
    summary: 'End one session of an account',
    description: 'Its tokens are refused from then on.',
    access: 'staff',
    protects: true,
    input: () => ({ id: idField(), session_id: idField() }),
    refusals: ['not_found'],
  }),

  /** Ends every session of a user. */
  endUserSessions: defineOperation({
    procedure: 'staff.sessions.endAll',
    method: 'DELETE',
    path: '/staff/users/{id}/sessions/',
    operationId: 'staff_sessions_end_all',
    tag: 'Staff',
    summary: 'End every session of an account',
    description: 'Their tokens are refused from then on. The account may sign in again.',
    access: 'staff',
    protects: true,
    input: () => ({ id: idField() }),
    refusals: ['not_found'],
  }),

  /** Lists the events of a user. */
  listUserEvents: defineOperation({
    procedure: 'staff.events.list',
    method: 'GET',
    path: '/staff/users/{id}/events/',
    operationId: 'staff_events_list',
    tag: 'Staff',
    summary: 'List what happened to an account',
    description: 'The newest first. Those of staff and superusers, superusers alone.',
    access: 'staff',
    input: () => ({ id: idField(), ...pageFields() }),
    output: z
      .object({ events: z.array(staffEvent), next_cursor: nextCursorField() })
      .meta({ id: 'StaffEventPage' }),
    refusals: ['not_found'],
  }),
}
