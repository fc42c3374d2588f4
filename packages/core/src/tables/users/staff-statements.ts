import { and, asc, desc, eq, ilike, inArray, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import type { PageRequest } from '../../words/page.ts'
import { SUPERUSER_ROLE } from '../../words/roles.ts'
import { users } from './schema.ts'

const accountColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  isActive: users.isActive,
  emailVerified: users.emailVerified,
  createdAt: users.createdAt,
}

/** An account as staff see it. */
export interface Account {
  id: UserId
  email: string
  firstName: string
  lastName: string
  role: number
  isActive: boolean
  emailVerified: boolean
  createdAt: Date
}

/**
 * Holds the rows of some accounts until the transaction ends, and reads them as they are once they are held.
 *
 * In the order of their ids, so that two that want the same rows wait for one another and never both at once.
 *
 * @param wanted.superusers - also those of all active superusers, so that nobody else can make one of them the last
 */
export async function lockAccounts(
  tx: Database,
  wanted: { ids: UserId[]; superusers: boolean },
): Promise<Account[]> {
  const superusers = wanted.superusers ? and(eq(users.role, SUPERUSER_ROLE), users.isActive) : undefined
  return tx
    .select(accountColumns)
    .from(users)
    .where(or(inArray(users.id, wanted.ids), superusers))
    .orderBy(asc(users.id))
    .for('no key update')
}

/** An account, or null. */
export async function findAccount(db: Database, id: UserId): Promise<Account | null> {
  const [row] = await db.select(accountColumns).from(users).where(eq(users.id, id))
  return row ?? null
}

/** The account that holds a normalised address, or null. */
export async function findAccountByEmail(db: Database, email: string): Promise<Account | null> {
  const [row] = await db.select(accountColumns).from(users).where(eq(users.email, email))
  return row ?? null
}

/** Which accounts to list; what is left out does not matter. */
export interface AccountFilter {
  /** The beginning of an address or of a name, in any case. */
  search?: string
  role?: number
  isActive?: boolean
}

/** A page of accounts, the newest first, and one more if there is one. */
export async function listAccountRows(
  db: Database,
  query: AccountFilter & { page: PageRequest },
): Promise<Account[]> {
  const { search, role, isActive, page } = query
  return db
    .select(accountColumns)
    .from(users)
    .where(
      and(
        search ? startsWith(search) : undefined,
        role === undefined ? undefined : eq(users.role, role),
        isActive === undefined ? undefined : eq(users.isActive, isActive),
        page.cursor === null ? undefined : lt(users.id, page.cursor as UserId),
      ),
    )
    .orderBy(desc(users.id))
    .limit(page.limit + 1)
}

function startsWith(search: string) {
  // What the searcher typed is text: the wildcards of LIKE stand for themselves.
  const pattern = `${search.replace(/[\\%_]/g, '\\$&')}%`
  const fullName = sql`${users.firstName} || ' ' || ${users.lastName}`
  return or(ilike(users.email, pattern), ilike(users.lastName, pattern), ilike(fullName, pattern))
}

/** Gives an account just made a role; one that was made with none has 0. */
export async function setRoleOfNew(tx: Database, user: { id: UserId; role: number }): Promise<void> {
  await tx.update(users).set({ role: user.role }).where(eq(users.id, user.id))
}
