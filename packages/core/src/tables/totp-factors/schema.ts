import { bigint, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { TotpFactorId, UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/** The authenticator app of a user, at most one. The secrets are sealed under a key from `SECRET_KEY`. */
export const totpFactors = pgTable('totp_factors', {
  userId: uuid('user_id')
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Another one after each activation, so a change made with an older secret finds no row. Null until the first. */
  id: uuid().$type<TotpFactorId>().unique(),
  /** The confirmed secret as a JWE; null until the first activation. */
  secretJwe: text('secret_jwe'),
  /** The time step of the last accepted code. A code of this step or an earlier one is refused. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
  lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
  /** A secret that is shown, and not confirmed yet. */
  pendingJwe: text('pending_jwe'),
  pendingExpiresAt: timestamp('pending_expires_at', { withTimezone: true }),
})
