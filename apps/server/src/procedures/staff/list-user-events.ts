import {
  fields,
  idField,
  listUserEvents as list,
  nextCursorField,
  pageFields,
  readPage,
} from '@latchkey/core'
import { z } from 'zod'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { describeEvent, securityEvent } from '../security/event.ts'

const staffEvent = securityEvent.extend({
  actor_id: z.string().nullable().meta({ description: 'The account that did it, where one proved to.' }),
})

export const listUserEvents = staffProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/staff/users/{id}/events/',
      operationId: 'staff_events_list',
      tags: ['Staff'],
      summary: 'List what happened to an account',
      description: 'The newest first. Those of staff and superusers, superusers alone.',
    },
    refusals: ['not_found'],
  })
  .input(fields({ id: idField(), ...pageFields() }))
  .output(z.object({ events: z.array(staffEvent), next_cursor: nextCursorField() }))
  .query(async ({ ctx, input }) => {
    const page = readPage(input)
    const found = await list(ctx.core, { by: ctx.by, userId: input.id, page })
    const events = found.items.map((event) => ({ ...describeEvent(event), actor_id: event.actorId }))
    return { events, next_cursor: found.nextCursor }
  })
