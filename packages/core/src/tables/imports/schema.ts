import { boolean, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** One row per run of an import of another deployment's users. A run without an end was interrupted. */
export const imports = pgTable('imports', {
  id: uuid().primaryKey(),
  /** The database and the user table that the users come from, or the name that the operator gave. */
  source: text().notNull(),
  /** What kind of source it is: `django`, `file`, `better-auth`, `supabase`. */
  kind: text().notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  finishedAt: timestamp('finished_at', { withTimezone: true }),
  /** Whether the source was stopped before this run. Old tokens count only after such a run. */
  final: boolean().notNull(),
  counts: jsonb().$type<Record<string, number>>().notNull().default({}),
})
