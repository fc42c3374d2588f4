import { logout as logOut } from '@latchkey/core'
import { logoutProcedure } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'
import { getRefreshToken, refreshInput } from '../inputs.ts'

const answer = { detail: 'Successfully logged out.' } as const

/** In cookie mode the cookie alone suffices, and it is removed whatever becomes of the session. */
export function createLogout(options: { cookieMode: boolean }) {
  return logoutProcedure
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
      refreshCookie: 'removes',
      refusals: ['invalid_refresh_token'],
    })
    .input(refreshInput(options.cookieMode))
    .output(detailOf(answer.detail))
    .mutation(async ({ ctx, input }) => {
      await logOut(ctx.core, { identity: ctx.identity, refresh: getRefreshToken(ctx, input) })
      return answer
    })
}
