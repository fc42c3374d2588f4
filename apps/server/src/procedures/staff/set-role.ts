import { fields, idField, setUserRole } from '@latchkey/core'
import { superuserProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'
import { roleField } from './role-field.ts'

export const setRole = superuserProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/staff/users/{id}/role/',
      operationId: 'staff_users_set_role',
      tags: ['Staff'],
      summary: 'Give an account another role',
      description: 'Superusers alone. Its sessions end, since their tokens speak of the old role.',
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField(), role: roleField() }))
  .output(nothing)
  .mutation(({ ctx, input }) => setUserRole(ctx.core, { by: ctx.by, userId: input.id, role: input.role }))
