import { and, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { OWN_CHANGES, type OwnChange, type User, userColumns } from './columns.ts'
import { users } from './schema.ts'

/** The columns of a user whose change voids every earlier check of the user. */
export interface SecurityChange {
  passwordHash?: string
  email?: string
  emailVerified?: boolean
  ownerUnproven?: boolean
  role?: number
  isActive?: boolean
  secondFactor?: boolean
}

/**
 * Changes a user's row, which locks it, and moves its epoch. A revocation does this before it deletes sessions.
 *
 * @param change.ifEpoch - the epoch that a check saw; the change happens only if the epoch is still the same
 * @returns the new epoch; null when the user does not exist or its epoch moved
 * @see decision 052
 */
export async function changeSecurity(
  tx: Database,
  clock: Clock,
  change: SecurityChange & { id: UserId; ifEpoch?: number },
): Promise<number | null> {
  const { id, ifEpoch, ...values } = change
  const [changed] = await tx
    .update(users)
    .set({
      ...values,
      // A new password is one of ours: its blanks count.
      ...(values.passwordHash !== undefined && { passwordForm: 0 }),
      sessionEpoch: sql`${users.sessionEpoch} + 1`,
      updatedAt: sql`${clock.now()}`,
    })
    .where(and(eq(users.id, id), ifEpoch === undefined ? undefined : eq(users.sessionEpoch, ifEpoch)))
    .returning({ sessionEpoch: users.sessionEpoch })
  return changed?.sessionEpoch ?? null
}

/**
 * Marks the address of a user as verified; false when the user has another address by now.
 *
 * What was proven once stays proven: an older link that is followed later must not make the next reset by mail a first
 * proof, which removes the second factors.
 *
 * @param proven.ownerUnproven - whether the act leaves open that the account is used by somebody else than the reader of the
 *   mailbox
 */
export async function markEmailVerified(
  tx: Database,
  clock: Clock,
  proven: { id: UserId; email: string; ownerUnproven: boolean },
): Promise<boolean> {
  const changed = await tx
    .update(users)
    .set({
      emailVerified: true,
      ownerUnproven: sql`${proven.ownerUnproven} and (${users.ownerUnproven} or not ${users.emailVerified})`,
      updatedAt: sql`${clock.now()}`,
    })
    .where(and(eq(users.id, proven.id), eq(users.email, proven.email)))
    .returning({ id: users.id })
  return changed.length > 0
}

/**
 * Replaces a hash by one of the same password with the present parameters, unless the password has changed. The form of the
 * password stays.
 */
export async function replaceHash(
  db: Database,
  hashes: { id: UserId; former: string; renewed: string },
): Promise<void> {
  await db
    .update(users)
    .set({ passwordHash: hashes.renewed })
    .where(and(eq(users.id, hashes.id), eq(users.passwordHash, hashes.former)))
}

/** Changes the details of a user that are given and returns the user; null when the user does not exist. */
export async function updateDetails(
  db: Database,
  clock: Clock,
  change: OwnChange & { id: UserId },
): Promise<User | null> {
  const details: OwnChange = Object.fromEntries(OWN_CHANGES.map((name) => [name, change[name]]))
  const [row] = await db
    .update(users)
    .set({ ...details, updatedAt: sql`${clock.now()}` })
    .where(eq(users.id, change.id))
    .returning(userColumns)
  return row ?? null
}
