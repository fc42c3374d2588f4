import { fields, logout as logOut } from '@latchkey/core'
import { logoutProcedure } from '../../trpc.ts'
import { detailOf } from '../answers.ts'
import { refreshField } from '../inputs.ts'

const answer = { detail: 'Successfully logged out.' } as const

export const logout = logoutProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/logout/',
      operationId: 'rest_logout',
      tags: ['Authentication'],
      summary: 'Sign out of one session',
      description:
        'An expired access token, or one whose session has ended, still authenticates this one call.',
    },
    refusals: ['invalid_refresh_token'],
  })
  .input(fields({ refresh: refreshField() }))
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx, input }) => {
    await logOut(ctx.core, { identity: ctx.identity, refresh: input.refresh })
    return answer
  })
