import { fields, idField, listUserSessions as list } from '@latchkey/core'
import { z } from 'zod'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { describeSession, session } from '../sessions/list-sessions.ts'

export const listUserSessions = staffProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/staff/users/{id}/sessions/',
      operationId: 'staff_sessions_list',
      tags: ['Staff'],
      summary: 'List the sessions of an account',
      description: 'Those of staff and superusers, superusers alone.',
    },
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(z.object({ sessions: z.array(session) }))
  .query(async ({ ctx, input }) => {
    const found = await list(ctx.core, { by: ctx.by, userId: input.id })
    return { sessions: found.map(describeSession) }
  })
