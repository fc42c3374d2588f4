import { operations, readPage } from '@latchkey/contract'
import { listUserEvents } from '@latchkey/core/operations/staff/list-user-events'
import { implement } from '../../doors/trpc/implement.ts'

export const listUserEventsProcedure = implement(
  operations.listUserEvents,
  async ({ core, by }, { id, ...page }) => {
    const { items, nextCursor } = await listUserEvents(core, { by, userId: id, page: readPage(page) })
    return { events: items, nextCursor }
  },
)
