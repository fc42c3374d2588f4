import { sql } from 'drizzle-orm'
import { jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { JWK } from 'jose'

/** The keys that sign access tokens. The private half is a JWE under a key derived from `SECRET_KEY`. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    kid: text().primaryKey(),
    algorithm: text().notNull(),
    status: text({ enum: ['next', 'active', 'retired'] }).notNull(),
    publicJwk: jsonb('public_jwk').$type<JWK>(),
    privateJwe: text('private_jwe').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('signing_keys_one_active').on(table.status).where(sql`${table.status} = 'active'`),
    uniqueIndex('signing_keys_one_next').on(table.status).where(sql`${table.status} = 'next'`),
  ],
)
