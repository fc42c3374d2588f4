import type { Context } from '../../context.ts'
import type { StaffUser } from '../../tables/users/columns.ts'
import { listUserRows, type UserFilter } from '../../tables/users/list.ts'
import { cutPage, type Page, type PageRequest } from '../../words/page.ts'

/** Lists the users that pass a filter, newest first; for staff, who may see all users. */
export async function listUsers(
  ctx: Context,
  input: UserFilter & { page: PageRequest },
): Promise<Page<StaffUser>> {
  return cutPage(await listUserRows(ctx.db, input), input.page.limit)
}
