import { fields, refreshSession as refreshOneSession } from '@latchkey/core'
import { anonymousProcedure } from '../../trpc.ts'
import { tokenPair } from '../answers.ts'
import { refreshField } from '../inputs.ts'

export const refreshSession = anonymousProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/refresh/',
      operationId: 'token_refresh',
      tags: ['Authentication'],
      summary: 'Exchange a refresh token for a new pair',
      description:
        'A refresh token works once. One that was replaced longer ago than the grace ends its session: two parties hold it.',
    },
    countedBy: 'session',
    refusals: ['token_not_valid', 'session_expired'],
  })
  .input(fields({ refresh: refreshField() }))
  .output(tokenPair)
  .mutation(({ ctx, input }) => refreshOneSession(ctx.core, input))
