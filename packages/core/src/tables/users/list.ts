import { and, desc, eq, ilike, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { normalizeEmail } from '../../words/email.ts'
import type { UserId } from '../../words/ids.ts'
import type { PageRequest } from '../../words/page.ts'
import { type StaffUser, staffUserColumns } from './columns.ts'
import { users } from './schema.ts'

/** Which users to list. A field that is left out filters nothing. */
export interface UserFilter {
  /** The start of an address, of a last name or of a full name, in upper or lower case. */
  search?: string
  role?: number
  isActive?: boolean
}

/** Lists a page of users, newest first, and one user more to show that a next page exists. */
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
  const pattern = toPattern(search)
  const fullName = sql`${users.firstName} || ' ' || ${users.lastName}`
  // An address is stored in one form. A whole address is found in every spelling, also one of an import as it is.
  const addresses = new Set([pattern, toPattern(normalizeEmail(search))])
  return or(
    ...[...addresses].map((one) => ilike(users.email, one)),
    ilike(users.lastName, pattern),
    ilike(fullName, pattern),
  )
}

/** Escaped, the wildcards of LIKE in the search text match only themselves. */
function toPattern(start: string): string {
  return `${start.replace(/[\\%_]/g, '\\$&')}%`
}
