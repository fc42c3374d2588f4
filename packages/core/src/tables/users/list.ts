import { and, desc, eq, ilike, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import type { PageRequest } from '../../words/page.ts'
import { type StaffUser, staffUserColumns } from './columns.ts'
import { users } from './schema.ts'

/** Which users to list; what is left out does not matter. */
export interface UserFilter {
  /** The beginning of an address or of a name, in any case. */
  search?: string
  role?: number
  isActive?: boolean
}

/** A page of users, the newest first, and one more if there is one. */
export async function listUserRows(
  db: Database,
  query: UserFilter & { page: PageRequest },
): Promise<StaffUser[]> {
  const { search, role, isActive, page } = query
  return db
    .select(staffUserColumns)
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
