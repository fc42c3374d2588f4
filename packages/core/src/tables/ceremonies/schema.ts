import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ConnectionId, SessionId, UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/** What a ceremony is for. It works for its own kind only. */
export const CEREMONY_KINDS = [
  'second_factor',
  'setup',
  'passkey_sign_in',
  'passkey_registration',
  'reauthentication',
] as const

/** A kind of ceremony. */
export type CeremonyKind = (typeof CEREMONY_KINDS)[number]

/** The account at a provider by which a sign-in came that waits for its second step. */
export interface PendingConnection {
  provider: string
  /** The subject. */
  uid: string
  /** The form of the subject that a row of another deployment has, if there is one. */
  formerUid?: string | null
  /** The connection that the subject has; null for one that the second step makes. */
  id: ConnectionId | null
}

/**
 * One row per sign-in or proof that waits for an answer. It is no session: its secret opens the next step, and nothing
 * else. Only the SHA-256 of the secret is stored.
 */
export const ceremonies = pgTable(
  'ceremonies',
  {
    /** SHA-256 of the secret, base64url. */
    tokenHash: text('token_hash').primaryKey(),
    kind: text({ enum: CEREMONY_KINDS }).notNull(),
    /** Null for a sign-in with a passkey, which names no user. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The session that asked for it; null for a sign-in. */
    sessionId: uuid('session_id').$type<SessionId>(),
    /** The epoch of the user when the first factor was checked. */
    verifiedEpoch: integer('verified_epoch'),
    /** How the first factor was proven. */
    method: text(),
    /** The account at a provider that the sign-in came by. It is written with the second step, and not before. */
    pendingConnection: jsonb('pending_connection').$type<PendingConnection>(),
    failures: integer().notNull().default(0),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('ceremonies_user_id').on(table.userId),
    index('ceremonies_expires_at').on(table.expiresAt),
  ],
)
