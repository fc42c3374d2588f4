import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import type { PasswordForm } from '../../words/password-form.ts'
import { NEXT_EXTERNAL_ID } from './external-ids.ts'
import { users } from './schema.ts'

/** A user to be stored. */
export interface NewUser {
  id: UserId
  email: string
  passwordHash: string
  /** Default: 0. */
  passwordForm?: PasswordForm
  firstName: string
  lastName: string
  language: string | null
  emailVerified: boolean
  /** The id that other services know the user by, of a sign-up that was moved in; null for `id`. Left out, it is the next one. */
  externalId?: string | null
}

/**
 * Stores a user; false when another user has the address.
 *
 * Where other services know users by numbers, the user gets the next number: see `startExternalIds`.
 */
export async function insertUser(db: Database, clock: Clock, user: NewUser): Promise<boolean> {
  const inserted = await db
    .insert(users)
    .values({
      ...user,
      externalId: chooseExternalId(user),
      createdAt: sql`${clock.now()}`,
      updatedAt: sql`${clock.now()}`,
    })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id })
  return inserted.length > 0
}

/** Another source may have brought a user of the same id meanwhile. Then the user gets the next one, or none. */
function chooseExternalId({ externalId }: NewUser) {
  if (externalId === undefined) return NEXT_EXTERNAL_ID
  if (externalId === null) return null
  const other = alias(users, 'other')
  return sql<
    string | null
  >`case when exists (select from ${users} ${other} where ${other.externalId} = ${externalId})
    then ${NEXT_EXTERNAL_ID} else ${externalId} end`
}

/** Sets the role of a user that was stored in the same transaction; without this call the role is 0. */
export async function setRoleOfNew(tx: Database, user: { id: UserId; role: number }): Promise<void> {
  await tx.update(users).set({ role: user.role }).where(eq(users.id, user.id))
}
