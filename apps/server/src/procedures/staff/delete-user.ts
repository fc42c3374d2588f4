import { fields, idField, deleteUser as remove } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const deleteUser = staffProcedure
  .meta({
    openapi: {
      method: 'DELETE',
      path: '/staff/users/{id}/',
      operationId: 'staff_users_delete',
      tags: ['Staff'],
      summary: 'Delete an account',
      description: 'Erases what tells of its owner; the skeleton of its audit trail stays.',
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(nothing)
  .mutation(({ ctx, input }) => remove(ctx.core, { by: ctx.by, userId: input.id }))
