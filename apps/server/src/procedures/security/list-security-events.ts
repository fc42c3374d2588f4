import { operations, readPage } from '@latchkey/contract'
import { listSecurityEvents } from '@latchkey/core/operations/security/list-security-events'
import { implement } from '../../doors/trpc/implement.ts'

export const listSecurityEventsProcedure = implement(
  operations.listSecurityEvents,
  async ({ core, identity }, input) => {
    const { items, nextCursor } = await listSecurityEvents(core, { identity, page: readPage(input) })
    return { events: items, nextCursor }
  },
)
