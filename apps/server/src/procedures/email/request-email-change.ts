import { emailField, fields, passwordField, requestEmailChange as requestChange } from '@latchkey/core'
import { authenticatedProcedure } from '../../trpc.ts'
import { detailOf } from '../answers.ts'

const answer = { detail: 'Verification e-mail sent.' } as const

export const requestEmailChange = authenticatedProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/email/change/',
      operationId: 'email_change',
      tags: ['User'],
      summary: 'Ask for another address',
      description:
        'A link goes to the new address and a notice to the old; nothing changes until it is followed.',
    },
  })
  .input(fields({ new_email: emailField(), password: passwordField() }))
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx, input }) => {
    const { new_email: newEmail, password } = input
    await requestChange(ctx.core, { identity: ctx.identity, newEmail, password })
    return answer
  })
