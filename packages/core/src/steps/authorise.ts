import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { transaction } from '../database/transaction.ts'
import { lockUsers } from '../tables/locks.ts'
import type { UserRecord } from '../tables/users/columns.ts'
import { findStaffUser } from '../tables/users/find.ts'
import type { StaffUser } from '../tables/users/staff-user.ts'
import { DomainError } from '../words/errors.ts'
import { isId, type UserId } from '../words/ids.ts'
import { isStaffRole, SUPERUSER_ROLE } from '../words/roles.ts'
import { DENIALS } from '../words/sentences.ts'
import type { Actor } from './actor.ts'

/** An act on a user, and the right that it needs. */
export interface Act {
  by: Actor
  /** As sent. A text that is not an id names an unknown user. */
  userId: string
  /** Whether the act needs a superuser; false by default. */
  superuser?: boolean
  /** Whether the act may lower the number of superusers; false by default. */
  lowers?: boolean
}

/**
 * Acts on a user, in a transaction that has locked the rows of the user and of the actor.
 *
 * The right of the actor is decided on the locked rows. A role that was revoked just before has no effect, and a user
 * that was promoted just before is left alone. `staff-rules.test.ts` holds this.
 *
 * @param work - gets the locked user; an error that it throws rolls everything back
 * @throws {DomainError} `not_found` - the user does not exist; nothing was written
 * @throws {DomainError} `permission_denied` - the actor's role does not allow the act, the user is the actor, or the
 *   last active superuser would be lost; nothing was written
 * @see decision 021
 */
export async function actOnUser<T>(
  ctx: Context,
  act: Act,
  work: (tx: Database, user: UserRecord) => Promise<T>,
): Promise<T> {
  const { by, lowers = false } = act
  const target = requireId(act.userId)
  const ids = by.kind === 'staff' ? [by.identity.userId, target] : [target]
  return transaction(ctx.db, async (tx) => {
    const rows = await lockUsers(tx, { ids, superusers: lowers })
    const role = requireRole(by, rows, act.superuser ?? false)
    const user = rows.find(({ id }) => id === target)
    if (!user) throw new DomainError('not_found')
    requireReach(by, role, user)
    if (lowers) requireAnotherSuperuser(rows, user)
    return work(tx, user)
  })
}

/**
 * Acts as staff, in a transaction that has locked the row of the actor, for an act that has no user yet.
 *
 * @throws {DomainError} `permission_denied` - the actor's present role does not allow the act; nothing was written
 */
export async function actAsStaff<T>(
  ctx: Context,
  act: { by: Actor; superuser: boolean },
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  const { by } = act
  return transaction(ctx.db, async (tx) => {
    const ids = by.kind === 'staff' ? [by.identity.userId] : []
    const rows = ids.length > 0 ? await lockUsers(tx, { ids, superusers: false }) : []
    requireRole(by, rows, act.superuser)
    return work(tx)
  })
}

/**
 * Gets a user whose sessions and events the actor may read.
 *
 * Staff may read those of users that are neither staff nor superuser, and their own. Superusers may read all.
 *
 * @throws {DomainError} `not_found` - the user does not exist
 * @throws {DomainError} `permission_denied` - the actor may not read them
 */
export async function getReadableUser(ctx: Context, act: { by: Actor; userId: string }): Promise<StaffUser> {
  const user = await findStaffUser(ctx.db, ctx.clock, requireId(act.userId))
  if (!user) throw new DomainError('not_found')
  const isOwn = act.by.kind === 'staff' && act.by.identity.userId === user.id
  if (act.by.kind === 'staff' && !isOwn) requireReach(act.by, act.by.identity.user.role, user)
  return user
}

/** A text that is not an id is refused here, because the database would fail on it. */
function requireId(text: string): UserId {
  if (!isId(text)) throw new DomainError('not_found')
  return text as UserId
}

/** Returns the present role of the actor; null for the operator, who needs no role. */
function requireRole(by: Actor, rows: UserRecord[], superuser: boolean): number | null {
  if (by.kind === 'operator') return null
  const row = rows.find(({ id }) => id === by.identity.userId)
  const reaches = row?.isActive && (superuser ? row.role === SUPERUSER_ROLE : isStaffRole(row.role))
  if (!reaches) throw new DomainError('permission_denied')
  return row.role
}

function requireReach(by: Actor, role: number | null, user: UserRecord): void {
  if (by.kind === 'operator') return
  if (user.id === by.identity.userId) {
    throw new DomainError('permission_denied', { detail: DENIALS.ownAccount })
  }
  if (role !== SUPERUSER_ROLE && isStaffRole(user.role)) throw new DomainError('permission_denied')
}

/**
 * Refuses an act that would remove the last active superuser.
 *
 * @param rows - locked rows, with every active superuser among them
 * @throws {DomainError} `permission_denied` - the user is the only active superuser
 */
export function requireAnotherSuperuser(rows: UserRecord[], user: UserRecord): void {
  const superusers = rows.filter((row) => row.role === SUPERUSER_ROLE && row.isActive)
  if (superusers.length !== 1 || superusers[0]?.id !== user.id) return
  throw new DomainError('permission_denied', { detail: DENIALS.lastSuperuser })
}
