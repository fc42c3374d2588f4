import { fields, idField, reactivateUser as reactivate } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const reactivateUser = staffProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/staff/users/{id}/reactivate/',
      operationId: 'staff_users_reactivate',
      tags: ['Staff'],
      summary: 'Reactivate an account',
      description: 'It may sign in again; no session comes back.',
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(nothing)
  .mutation(({ ctx, input }) => reactivate(ctx.core, { by: ctx.by, userId: input.id }))
