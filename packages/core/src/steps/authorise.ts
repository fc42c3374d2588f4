import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { transaction } from '../database/transaction.ts'
import { lockUsers } from '../tables/locks.ts'
import type { StaffUser } from '../tables/users/columns.ts'
import { findStaffUser } from '../tables/users/find.ts'
import type { Actor } from '../words/actor.ts'
import { DomainError } from '../words/errors.ts'
import { isId, type UserId } from '../words/ids.ts'
import { isStaffRole, SUPERUSER_ROLE } from '../words/roles.ts'

/** An act on a user, and what it takes. */
export interface Act {
  by: Actor
  /** As sent: anything that is no id is an unknown user. */
  userId: string
  /** Whether only a superuser may do it. */
  superuser?: boolean
  /** Whether it can leave one superuser less. */
  lowers?: boolean
}

/**
 * Does something to a user in a transaction that holds the rows of the user and of the actor.
 *
 * Who may do what is decided against the rows once they are held: a role revoked a moment ago does nothing, and an
 * user promoted a moment ago is not acted upon. Held by `staff-rules.test.ts`.
 *
 * @param work - is given the user as it is now; what it throws rolls everything back
 * @throws {DomainError} `not_found` - there is no such user
 * @throws {DomainError} `permission_denied` - the actor's role does not reach so far, the user is the actor,
 * or the last active superuser would be lost
 */
export async function actOnUser<T>(
  ctx: Context,
  act: Act,
  work: (tx: Database, user: StaffUser) => Promise<T>,
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
 * Does something in a transaction that holds the row of the actor, for an act that has no user yet.
 *
 * @throws {DomainError} `permission_denied` - the actor's role was revoked a moment ago or never reached so far
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
 * Gets a user whose private doings the actor may read: staff those of users, superusers those of everybody.
 *
 * @throws {DomainError} `not_found` `permission_denied`
 */
export async function getReadableUser(ctx: Context, act: { by: Actor; userId: string }): Promise<StaffUser> {
  const user = await findStaffUser(ctx.db, requireId(act.userId))
  if (!user) throw new DomainError('not_found')
  const isOwn = act.by.kind === 'staff' && act.by.identity.userId === user.id
  if (act.by.kind === 'staff' && !isOwn) requireReach(act.by, act.by.identity.user.role, user)
  return user
}

/** A text that is no id names no user, and must not fail in the database. */
function requireId(text: string): UserId {
  if (!isId(text)) throw new DomainError('not_found')
  return text as UserId
}

/** The role the actor has now; null for an operator, who needs none. */
function requireRole(by: Actor, rows: StaffUser[], superuser: boolean): number | null {
  if (by.kind === 'operator') return null
  const row = rows.find(({ id }) => id === by.identity.userId)
  const reaches = row?.isActive && (superuser ? row.role === SUPERUSER_ROLE : isStaffRole(row.role))
  if (!reaches) throw new DomainError('permission_denied')
  return row.role
}

function requireReach(by: Actor, role: number | null, user: StaffUser): void {
  if (by.kind === 'operator') return
  if (user.id === by.identity.userId) {
    throw new DomainError('permission_denied', { detail: 'You cannot do this to your own account.' })
  }
  if (role !== SUPERUSER_ROLE && isStaffRole(user.role)) throw new DomainError('permission_denied')
}

/**
 * Refuses to lose the last superuser.
 *
 * @param rows - held, and among them every active superuser
 * @throws {DomainError} `permission_denied` - the user is the only active superuser
 */
export function requireAnotherSuperuser(rows: StaffUser[], user: StaffUser): void {
  const superusers = rows.filter((row) => row.role === SUPERUSER_ROLE && row.isActive)
  if (superusers.length !== 1 || superusers[0]?.id !== user.id) return
  throw new DomainError('permission_denied', {
    detail: 'This is the last active superuser; make another one first.',
  })
}
