import { operations, readPage, readTime } from '@latchkey/contract'
import { listUsers } from '@latchkey/core/operations/staff/list-users'
import { implement } from '../../doors/trpc/implement.ts'

export const listUsersProcedure = implement(
  operations.listUsers,
  async (
    { core },
    { createdAfter, createdBefore, lastSeenAfter, lastSeenBefore, cursor, limit, ...filter },
  ) => {
    const times = {
      createdAfter: readTime(createdAfter),
      createdBefore: readTime(createdBefore),
      lastSeenAfter: readTime(lastSeenAfter),
      lastSeenBefore: readTime(lastSeenBefore),
    }
    const page = readPage({ cursor, limit })
    const { items, nextCursor } = await listUsers(core, { ...filter, ...times, page })
    return { users: items, nextCursor }
  },
)
