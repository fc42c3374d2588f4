import { and, eq } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { passkeys } from './schema.ts'

/** Answers whether a user has a passkey of a site. */
export async function hasPasskey(db: Database, owner: { userId: UserId; rpId: string }): Promise<boolean> {
  const found = await db
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(and(eq(passkeys.userId, owner.userId), eq(passkeys.rpId, owner.rpId)))
    .limit(1)
  return found.length > 0
}
