import { emailField, fields, requestPasswordReset } from '@latchkey/core'
import { anonymousProcedure } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'

const answer = { detail: 'Password reset e-mail has been sent.' } as const

export const requestReset = anonymousProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/password/reset/',
      operationId: 'rest_password_reset',
      tags: ['Password'],
      summary: 'Ask for a password reset',
      description: 'The answer is the same whether or not an account holds the address.',
    },
  })
  .input(fields({ email: emailField() }))
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx, input }) => {
    await requestPasswordReset(ctx.core, input)
    return answer
  })
