import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { toAnyCasePattern } from '../../words/any-case.ts'
import { normalizeEmail } from '../../words/email.ts'
import type { UserId } from '../../words/ids.ts'
import type { PageRequest } from '../../words/page.ts'
import { isOfRole } from './columns.ts'
import { users } from './schema.ts'
import { type StaffUser, selectStaffUsers } from './staff-user.ts'

/** The users that one page with a filter examines. A page costs no more than this, however many users there are. */
export const EXAMINED_USERS = 10_000

/** Which users to list. A field that is left out filters nothing. */
export interface UserFilter {
  /** Any part of an address or of a full name, in upper or lower case. A whole address or external id finds its user alone. */
  search?: string
  role?: number
  isActive?: boolean
  emailVerified?: boolean
  /** The start is included in the time, and the end is not. */
  createdAfter?: Date
  createdBefore?: Date
  lastSeenAfter?: Date
  /** Includes users that are signed in nowhere. */
  lastSeenBefore?: Date
}

/** A page of users, and one user more to show that a next page exists. */
export interface UserRows {
  rows: StaffUser[]
  /** The last user that was examined; null when all users were examined. */
  examinedTo: UserId | null
}

/**
 * Lists a page of users, newest first.
 *
 * With a filter at most {@link EXAMINED_USERS} users are examined, so the page may be short and still not the last one.
 */
export async function listUserRows(
  db: Database,
  clock: Clock,
  query: UserFilter & { page: PageRequest; examined?: number },
): Promise<UserRows> {
  const { page, examined = EXAMINED_USERS, ...filter } = query
  const { statement, lastSeenAt } = selectStaffUsers(db, clock)
  const passes = describeFilter(filter, lastSeenAt)
  const read = (...where: (SQL | undefined)[]) =>
    statement
      .where(and(passes, ...where))
      .orderBy(desc(users.id))
      .limit(page.limit + 1)

  const whole = page.cursor === null && filter.search ? isNamed(filter.search) : null
  if (whole && (await isHeld(db, whole))) return { rows: await read(whole), examinedTo: null }
  const behind = page.cursor === null ? undefined : lt(users.id, page.cursor as UserId)
  // The users with a role other than 0 have an index, so no other user is examined for them.
  const candidates = and(behind, filter.role ? isOfRole(filter.role) : undefined)
  const examinedTo = passes ? await findExaminedEnd(db, candidates, examined) : null
  return { rows: await read(behind, examinedTo === null ? undefined : gte(users.id, examinedTo)), examinedTo }
}

/** The condition of the user with a whole address or external id. Each has an index. */
function isNamed(text: string): SQL | undefined {
  return text.includes('@') ? inArray(users.email, spell(text)) : eq(users.externalId, text)
}

async function isHeld(db: Database, condition: SQL): Promise<boolean> {
  const held = await db.select({ id: users.id }).from(users).where(condition)
  return held.length > 0
}

/** Finds the user at which a page stops to examine; null when the last user comes first. It reads an index alone. */
async function findExaminedEnd(
  db: Database,
  candidates: SQL | undefined,
  examined: number,
): Promise<UserId | null> {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(candidates)
    .orderBy(desc(users.id))
    .limit(1)
    .offset(examined - 1)
  return row?.id ?? null
}

function describeFilter(filter: UserFilter, lastSeenAt: SQL.Aliased<Date | null>): SQL | undefined {
  const { search, role, isActive, emailVerified } = filter
  const { createdAfter, createdBefore, lastSeenAfter, lastSeenBefore } = filter
  return and(
    search ? contains(search) : undefined,
    role === undefined ? undefined : isOfRole(role),
    isActive === undefined ? undefined : eq(users.isActive, isActive),
    emailVerified === undefined ? undefined : eq(users.emailVerified, emailVerified),
    createdAfter && gte(users.createdAt, createdAfter),
    createdBefore && lt(users.createdAt, createdBefore),
    lastSeenAfter && gte(lastSeenAt, lastSeenAfter),
    lastSeenBefore && or(lt(lastSeenAt, lastSeenBefore), isNull(lastSeenAt)),
  )
}

function contains(search: string): SQL | undefined {
  // A letter with a mark is one character from one keyboard and two from another.
  const fullName = sql`normalize(${users.firstName} || ' ' || ${users.lastName}, NFC)`
  return or(
    ...spell(search).map((address) => sql`${users.email} ~ ${toAnyCasePattern(address)}`),
    sql`${fullName} ~ ${toAnyCasePattern(search.normalize('NFC'))}`,
    eq(users.externalId, search),
  )
}

/** An address is stored in one form. It is found in every spelling, also one of an import as it is. */
function spell(address: string): string[] {
  return [...new Set([address, normalizeEmail(address)])]
}
