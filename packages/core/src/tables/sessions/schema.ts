import { sql } from 'drizzle-orm'
import { check, customType, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { AUTHENTICATION_LEVELS, BINDINGS } from '../../words/claims.ts'
import type { PasskeyId, SessionId, UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** One row per live session. The row holds no credential: a refresh token only names the row and a generation. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().$type<SessionId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The generation of the current refresh token. */
    generation: integer().notNull().default(1),
    /** When the generation last grew; null until the first refresh. */
    rotatedAt: timestamp('rotated_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull(),
    idleExpiresAt: timestamp('idle_expires_at', { withTimezone: true }).notNull(),
    absoluteExpiresAt: timestamp('absolute_expires_at', { withTimezone: true }),
    ip: text(),
    userAgent: text('user_agent'),
    browser: text(),
    os: text(),
    device: text(),
    /** When a person last proved something in this session. Null: not since the sign-in, so `created_at` says it. */
    authTime: timestamp('auth_time', { withTimezone: true }),
    /** The level of the sign-in: one factor, or two. */
    acr: text({ enum: AUTHENTICATION_LEVELS }).notNull().default('aal1'),
    /** What was proven, as words of RFC 8176 with blanks between them. */
    amr: text().notNull().default('pwd'),
    /** The passkey that opened the session. Its deletion ends the session. */
    passkeyId: uuid('passkey_id').$type<PasskeyId>(),
    /** The session that a proof opened in place of this one, which ends when the grace is over. */
    successorId: uuid('successor_id').$type<SessionId>(),
    /** The start of the hash of the key that the last rotation was asked with. Null: it came without one. */
    rotationKey: bytea('rotation_key'),
    /** The RFC 7638 thumbprint of the key that the session is bound to; null for none. It is never changed. */
    jkt: text(),
    /** What proves that key; null without one. */
    boundBy: text('bound_by', { enum: BINDINGS }),
  },
  (table) => [
    index('sessions_user_id').on(table.userId),
    check('sessions_binding', sql`(${table.jkt} is null) = (${table.boundBy} is null)`),
  ],
)
