import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  pgTable,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import { LANGUAGE_MAX_CHARACTERS } from '../../words/contract.ts'
import type { UserId } from '../../words/ids.ts'
import type { PasswordForm } from '../../words/password-form.ts'

/** One row per user. */
export const users = pgTable(
  'users',
  {
    id: uuid().$type<UserId>().primaryKey(),
    /** Normalised by `normalizeEmail`. */
    email: text().notNull().unique(),
    /** The id that other services know this user by. Null: they know {@link id}. */
    externalId: text('external_id'),
    /** Argon2id in PHC string form, or the hash of the deployment that the user was moved in from. */
    passwordHash: text('password_hash').notNull(),
    /** What is done with a typed password before it is checked. */
    passwordForm: smallint('password_form').$type<PasswordForm>().notNull().default(0),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    /** A BCP 47 tag. Null: the language of `DEFAULT_LANGUAGE`. */
    language: varchar({ length: LANGUAGE_MAX_CHARACTERS }),
    /** 0 user, 1000 staff, 900 superuser; other numbers mean what the operator decides. */
    role: integer().notNull().default(0),
    isActive: boolean('is_active').notNull().default(true),
    emailVerified: boolean('email_verified').notNull().default(false),
    /** The address was proven when the account was in use, by an act that does not say who uses it. See decision 145. */
    ownerUnproven: boolean('owner_unproven').notNull().default(false),
    /** Grows with every change that voids a credential check, so that an older check opens no session. */
    sessionEpoch: integer('session_epoch').notNull().default(0),
    /** Whether a sign-in with the password asks for a second factor. It changes only while the row is locked. */
    secondFactor: boolean('second_factor').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // Few users have a role, so the index is small and a sign-up does not touch it.
    index('users_with_role').on(table.role, table.id).where(sql`${table.role} <> 0`).concurrently(),
    uniqueIndex('users_by_external_id')
      .on(table.externalId)
      .where(sql`${table.externalId} is not null`)
      .concurrently(),
    // Hashes of other deployments. Where nobody was moved in, and once everybody has signed in, the index is empty.
    index('users_with_foreign_hash')
      .on(sql`split_part(${table.passwordHash}, '$', 1)`)
      .where(sql`${table.passwordHash} not like '$argon2id$%'`)
      .concurrently(),
  ],
)
