import { index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { ProviderIdentity } from '../../words/provider-identity.ts'

/**
 * One row per browser that was sent to a provider, first with what its return must match, and then with whom the
 * provider named. Of the secrets only the SHA-256 is stored, so a copy of the table opens nothing.
 */
export const providerAttempts = pgTable(
  'provider_attempts',
  {
    /** SHA-256 of the `state`, base64url. */
    stateHash: text('state_hash').primaryKey(),
    provider: text().notNull(),
    /** Where the browser is sent in the end. It was judged when the attempt began. */
    returnTo: text('return_to').notNull(),
    /** Of the app: the S256 of the verifier that redeems the code. */
    codeChallenge: text('code_challenge').notNull(),
    /** SHA-256 of the secret in the cookie of the attempt. */
    browserHash: text('browser_hash').notNull(),
    /** The names that a provider posts beside the code, once in the life of an account. */
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    /** When the browser came back. An attempt works once. */
    usedAt: timestamp('used_at', { withTimezone: true }),
    /** SHA-256 of the code that the app redeems, base64url; null until the provider has named somebody. */
    codeHash: text('code_hash'),
    /** Whom the provider named; null until then. */
    identity: jsonb().$type<ProviderIdentity>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** The end of the attempt, and after its return the end of the code. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('provider_attempts_code_hash').on(table.codeHash),
    index('provider_attempts_expires_at').on(table.expiresAt),
  ],
)
