import { refreshSession as refreshOneSession } from '@latchkey/core'
import { anonymousProcedure, guardRefreshCookie } from '../../doors/trpc/procedures.ts'
import { answerTokens, tokens } from '../answers.ts'
import { getRefreshToken, refreshInput } from '../inputs.ts'

/**
 * A refusal never removes the cookie: of two tabs that refresh at once the later one may be refused,
 * and must not take away what the other was just given.
 */
export function createRefreshSession(options: { cookieMode: boolean }) {
  return anonymousProcedure
    .use(guardRefreshCookie)
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
      refreshCookie: 'exchanges',
      refusals: ['token_not_valid', 'session_expired'],
    })
    .input(refreshInput(options.cookieMode))
    .output(tokens(options.cookieMode))
    .mutation(async ({ ctx, input }) =>
      answerTokens(ctx, await refreshOneSession(ctx.core, { refresh: getRefreshToken(ctx, input) })),
    )
}
