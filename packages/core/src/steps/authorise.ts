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

/** An act on an account, and what it takes. */
export interface Act {
  by: Actor
  /** As sent: anything that is no id is an unknown account. */
  userId: string
  /** Whether only a superuser may do it. */
  superuser?: boolean
  /** Whether it can leave one superuser less. */
  lowers?: boolean
}

/**
 * Does something to an account in a transaction that holds the account and whoever acts on it.
 *
 * Who may do what is decided against the rows once they are held: a role revoked a moment ago does nothing, and an
 * account promoted a moment ago is not acted upon. Held by `staff-rules.test.ts`.
 *
 * @param work - is given the account as it is now; what it throws rolls everything back
 * @throws {DomainError} `not_found` - there is no such account
 * @throws {DomainError} `permission_denied` - the actor's role does not reach so far, it is the actor's own account,
 * or the last active superuser would be lost
 */
export async function actOnUser<T>(
  ctx: Context,
  act: Act,
  work: (tx: Database, account: StaffUser) => Promise<T>,
): Promise<T> {
  const { by, lowers = false } = act
  const target = requireId(act.userId)
  const ids = by.kind === 'staff' ? [by.identity.userId, target] : [target]
  return transaction(ctx.db, async (tx) => {
    const rows = await lockUsers(tx, { ids, superusers: lowers })
    const role = requireRole(by, rows, act.superuser ?? false)
    const account = rows.find(({ id }) => id === target)
    if (!account) throw new DomainError('not_found')
    requireReach(by, role, account)
    if (lowers) requireAnotherSuperuser(rows, account)
    return work(tx, account)
  })
}

/**
 * Does something in a transaction that holds the row of whoever acts, for an act that has no account yet.
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
 * Finds an account whose private doings the actor may read: staff those of users, superusers those of everybody.
 *
 * @throws {DomainError} `not_found` `permission_denied`
 */
export async function getReadableUser(ctx: Context, act: { by: Actor; userId: string }): Promise<StaffUser> {
  const account = await findStaffUser(ctx.db, requireId(act.userId))
  if (!account) throw new DomainError('not_found')
  const isOwn = act.by.kind === 'staff' && act.by.identity.userId === account.id
  if (act.by.kind === 'staff' && !isOwn) requireReach(act.by, act.by.identity.user.role, account)
  return account
}

/** A text that is no id names no account, and must not fail in the database. */
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

function requireReach(by: Actor, role: number | null, account: StaffUser): void {
  if (by.kind === 'operator') return
  if (account.id === by.identity.userId) {
    throw new DomainError('permission_denied', { detail: 'You cannot do this to your own account.' })
  }
  if (role !== SUPERUSER_ROLE && isStaffRole(account.role)) throw new DomainError('permission_denied')
}

/**
 * Refuses to lose the last superuser.
 *
 * @param rows - held, and among them every active superuser
 * @throws {DomainError} `permission_denied` - the account is the only active superuser
 */
export function requireAnotherSuperuser(rows: StaffUser[], account: StaffUser): void {
  const superusers = rows.filter((row) => row.role === SUPERUSER_ROLE && row.isActive)
  if (superusers.length !== 1 || superusers[0]?.id !== account.id) return
  throw new DomainError('permission_denied', {
    detail: 'This is the last active superuser; make another one first.',
  })
}
