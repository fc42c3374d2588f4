import { endUserSession as end, fields, idField } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const endUserSession = staffProcedure
  .meta({
    openapi: {
      method: 'DELETE',
      path: '/staff/users/{id}/sessions/{session_id}/',
      operationId: 'staff_sessions_end',
      tags: ['Staff'],
      summary: 'End one session of an account',
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField(), session_id: idField() }))
  .output(nothing)
  .mutation(({ ctx, input }) => end(ctx.core, { by: ctx.by, userId: input.id, sessionId: input.session_id }))
