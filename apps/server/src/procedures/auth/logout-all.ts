import { logoutAll as logOutAll } from '@latchkey/core'
import { authenticatedProcedure, guardRefreshCookie } from '../../doors/trpc/procedures.ts'
import { detailOf } from '../answers.ts'
import { noFields } from '../inputs.ts'

const answer = { detail: 'Successfully logged out from all devices.' } as const

export const logoutAll = authenticatedProcedure
  .use(guardRefreshCookie)
  .meta({
    openapi: {
      method: 'POST',
      path: '/logout-all/',
      operationId: 'rest_logout_all',
      tags: ['Authentication'],
      summary: 'Sign out of every session',
      description: "Ends every session of the account, the caller's too.",
    },
    refreshCookie: 'removes',
  })
  .input(noFields())
  .output(detailOf(answer.detail))
  .mutation(async ({ ctx }) => {
    await logOutAll(ctx.core, { identity: ctx.identity })
    ctx.cookies.refresh?.clear(ctx.reply)
    return answer
  })
