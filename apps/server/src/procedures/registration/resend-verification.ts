import { emailField, fields, resendVerification as resend } from '@latchkey/core'
import { anonymousProcedure } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'

const answer = { detail: 'Verification e-mail sent.' } as const

export const resendVerification = anonymousProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/registration/resend-email/',
      operationId: 'rest_resend_email',
      tags: ['Registration'],
      summary: 'Send the verification mail again',
      description: 'The answer is the same whether or not the address waits for one.',
    },
  })
  .input(fields({ email: emailField() }))
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx, input }) => {
    await resend(ctx.core, input)
    return answer
  })
