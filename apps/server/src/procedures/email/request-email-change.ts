import {
  emailField,
  fields,
  findEmailChangeFaults,
  passwordField,
  requestEmailChange as requestChange,
} from '@latchkey/core'
import { authenticatedProcedure } from '../../doors/trpc/procedures.ts'
import { tellAllFaults } from '../all-faults.ts'
import { detailOf } from '../answers.ts'

const shape = { new_email: emailField(), password: passwordField() }

const answer = { detail: 'Verification e-mail sent.' } as const

export const requestEmailChange = authenticatedProcedure
  .use(async ({ ctx, next, getRawInput }) => {
    const { core, identity } = ctx
    const find = ({ password }: { password?: string }) => findEmailChangeFaults(core, { identity, password })
    return tellAllFaults(await next(), { shape, getRawInput, find })
  })
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
  .input(fields(shape))
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx, input }) => {
    const { new_email: newEmail, password } = input
    await requestChange(ctx.core, { identity: ctx.identity, newEmail, password })
    return answer
  })
