import { boolean, index, pgTable, smallint, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import { LANGUAGE_MAX_CHARACTERS } from '../../words/contract.ts'
import type { RegistrationId } from '../../words/ids.ts'
import type { PasswordForm } from '../../words/password-form.ts'

/**
 * Pending sign-ups: their address is not proven yet, and they are not users. One address may have several. The first
 * one whose own link is followed becomes the user.
 *
 * A shadow is a row that nobody can confirm, because a user has or had its address. It costs and answers a sign-in what
 * a sign-up costs and answers, so that no sign-in tells that the address is taken.
 */
export const pendingRegistrations = pgTable(
  'pending_registrations',
  {
    id: uuid().$type<RegistrationId>().primaryKey(),
    /** Normalised; not unique on purpose. After the erasure of its user a shadow has only a keyed hash of the address. */
    email: text().notNull(),
    /** All rows of an address have one salt, so that a sign-in compares with all of them by one hash. */
    passwordHash: text('password_hash').notNull(),
    /** As in `users`. */
    passwordForm: smallint('password_form').$type<PasswordForm>().notNull().default(0),
    /** As in `users`, for a sign-up that was moved in. */
    externalId: text('external_id'),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    /** The language of the sign-up, for its mails and its user; null in a shadow. */
    language: varchar({ length: LANGUAGE_MAX_CHARACTERS }),
    isShadow: boolean('is_shadow').notNull().default(false),
    /** Where the sign-up came from, in words of a fixed list, and its network (/24 or /48). */
    browser: text(),
    os: text(),
    network: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('pending_registrations_email').on(table.email, table.createdAt)],
)
