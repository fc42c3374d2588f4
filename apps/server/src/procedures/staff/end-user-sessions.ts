import { endUserSessions as end, fields, idField } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const endUserSessions = staffProcedure
  .meta({
    openapi: {
      method: 'DELETE',
      path: '/staff/users/{id}/sessions/',
      operationId: 'staff_sessions_end_all',
      tags: ['Staff'],
      summary: 'End every session of an account',
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(nothing)
  .mutation(async ({ ctx, input }) => {
    await end(ctx.core, { by: ctx.by, userId: input.id })
  })
