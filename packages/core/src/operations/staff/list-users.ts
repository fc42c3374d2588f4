import type { Context } from '../../context.ts'
import { listUserRows, type UserFilter } from '../../tables/users/list.ts'
import type { StaffUser } from '../../tables/users/staff-user.ts'
import { cutPage, type Page, type PageRequest } from '../../words/page.ts'

/**
 * Lists the users that pass a filter, newest first; for staff, who may see all users.
 *
 * A page with a filter examines a bounded number of users. It may be short, and even empty, while `nextCursor` leads on.
 *
 * @param input.examined - how many users a page examines; 10,000 by default
 * @see decision 114
 */
export async function listUsers(
  ctx: Context,
  input: UserFilter & { page: PageRequest; examined?: number },
): Promise<Page<StaffUser>> {
  const { rows, examinedTo } = await listUserRows(ctx.db, ctx.clock, input)
  const { items, nextCursor } = cutPage(rows, input.page.limit)
  return { items, nextCursor: nextCursor ?? examinedTo }
}
