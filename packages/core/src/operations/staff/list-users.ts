import type { Context } from '../../context.ts'
import type { Account } from '../../tables/users/columns.ts'
import { findAccount, findAccountByEmail } from '../../tables/users/find.ts'
import { type AccountFilter, listAccountRows } from '../../tables/users/list.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type UserId } from '../../words/ids.ts'
import { cutPage, type Page, type PageRequest } from '../../words/page.ts'

/** Lists the accounts that pass a filter, the newest first; for staff, who may see them all. */
export async function listAccounts(
  ctx: Context,
  input: AccountFilter & { page: PageRequest },
): Promise<Page<Account>> {
  return cutPage(await listAccountRows(ctx.db, input), input.page.limit)
}

/**
 * Gets one account; for staff.
 *
 * @throws {DomainError} `not_found`
 */
export async function getAccount(ctx: Context, input: { userId: string }): Promise<Account> {
  const account = isId(input.userId) ? await findAccount(ctx.db, input.userId as UserId) : null
  if (!account) throw new DomainError('not_found')
  return account
}

/** The account that holds an address, or null; for operators. */
export async function findAccountOfEmail(ctx: Context, email: string): Promise<Account | null> {
  return findAccountByEmail(ctx.db, email)
}
