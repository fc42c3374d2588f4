import { deactivateUser as deactivate, fields, idField } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const deactivateUser = staffProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/staff/users/{id}/deactivate/',
      operationId: 'staff_users_deactivate',
      tags: ['Staff'],
      summary: 'Deactivate an account',
      description: 'Ends every session and link of it at once.',
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(nothing)
  .mutation(({ ctx, input }) => deactivate(ctx.core, { by: ctx.by, userId: input.id }))
