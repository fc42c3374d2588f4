import { fields, idField, sendUserReset as send } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'

const answer = { detail: 'Password reset e-mail has been sent.' } as const

export const sendReset = staffProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/staff/users/{id}/reset/',
      operationId: 'staff_users_send_reset',
      tags: ['Staff'],
      summary: "Mail an account's owner a link for a new password",
      description: 'A deactivated account is refused.',
    },
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx, input }) => {
    await send(ctx.core, { by: ctx.by, userId: input.id })
    return answer
  })
