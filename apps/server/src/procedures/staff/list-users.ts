import { operations, readPage } from '@latchkey/contract'
import { listUsers } from '@latchkey/core/operations/staff/list-users'
import { implement } from '../../doors/trpc/implement.ts'

export const listUsersProcedure = implement(
  operations.listUsers,
  async ({ core }, { search, role, isActive, ...page }) => {
    const { items, nextCursor } = await listUsers(core, { search, role, isActive, page: readPage(page) })
    return { users: items, nextCursor }
  },
)
