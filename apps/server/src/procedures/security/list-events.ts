import { fields, listSecurityEvents, nextCursorField, pageFields, readPage } from '@latchkey/core'
import { z } from 'zod'
import { authenticatedProcedure } from '../../doors/trpc/procedures.ts'
import { describeEvent, securityEvent } from './event.ts'

export const listEvents = authenticatedProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/security-events/',
      operationId: 'security_events_list',
      tags: ['User'],
      summary: "List what happened to one's own account",
      description: 'The newest first. What staff did says so, but not which member of it.',
    },
  })
  .input(fields(pageFields()))
  .output(z.object({ events: z.array(securityEvent), next_cursor: nextCursorField() }))
  .query(async ({ ctx, input }) => {
    const found = await listSecurityEvents(ctx.core, { identity: ctx.identity, page: readPage(input) })
    return { events: found.items.map(describeEvent), next_cursor: found.nextCursor }
  })
