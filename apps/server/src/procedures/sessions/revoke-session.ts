import { fields, idField, revokeSession as revokeOneSession } from '@latchkey/core'
import { authenticatedProcedure } from '../../doors/trpc/procedures.ts'
import { nothing } from '../answers.ts'

export const revokeSession = authenticatedProcedure
  .meta({
    openapi: {
      method: 'DELETE',
      path: '/sessions/{id}/',
      operationId: 'sessions_revoke',
      tags: ['Sessions'],
      summary: "End one of one's own sessions",
      description: "Another user's session and an unknown one get the same answer.",
    },
    status: 204,
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(nothing)
  .mutation(({ ctx, input }) => revokeOneSession(ctx.core, { identity: ctx.identity, sessionId: input.id }))
