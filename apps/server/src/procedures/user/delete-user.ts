import { deleteOwnUser, fields, passwordField } from '@latchkey/core'
import { authenticatedProcedure, guardRefreshCookie } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const deleteUser = authenticatedProcedure
  .use(guardRefreshCookie)
  .meta({
    openapi: {
      method: 'POST',
      path: '/user/delete/',
      operationId: 'user_delete',
      tags: ['User'],
      summary: "Delete one's own account",
      description: 'The account and its sessions are gone at once. The last active superuser is refused.',
    },
    refreshCookie: 'removes',
    status: 204,
    refusals: ['permission_denied'],
    details: { permission_denied: 'This is the last active superuser; make another one first.' },
  })
  .input(fields({ password: passwordField() }))
  .output(nothing)
  .mutation(async ({ ctx, input }) => {
    await deleteOwnUser(ctx.core, { identity: ctx.identity, password: input.password })
    ctx.cookies.refresh?.clear(ctx.reply)
  })
