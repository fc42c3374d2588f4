import { bigint, boolean, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { PasskeyId, UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'

/** The passkeys of users. A row holds a public key, so a copy of the table opens nothing. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid().$type<PasskeyId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The id that the authenticator chose, base64url. */
    credentialId: text('credential_id').notNull().unique(),
    /** A COSE key, base64url. */
    publicKey: text('public_key').notNull(),
    /** The last counter of the authenticator; 0 for one that does not count. */
    signCount: bigint('sign_count', { mode: 'number' }).notNull(),
    /** How a browser reaches the authenticator, as words of WebAuthn with blanks between them. */
    transports: text().notNull().default(''),
    /** The model of the authenticator, as it says itself. */
    aaguid: uuid().notNull(),
    /** The site that the passkey belongs to. It works for no other. */
    rpId: text('rp_id').notNull(),
    /** Whether the passkey may be synced to other devices. */
    backupEligible: boolean('backup_eligible').notNull(),
    backedUp: boolean('backed_up').notNull(),
    name: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
  },
  (table) => [index('passkeys_user_id').on(table.userId)],
)
