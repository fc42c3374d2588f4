import { countRows } from '../find-table.ts'
import { nameSource } from '../name-source.ts'
import type { Source, SourceKeyType } from '../records.ts'
import { openSnapshot } from '../snapshot.ts'
import { readFacts } from './facts.ts'
import { findTables } from './find-tables.ts'
import type { BetterAuthOptions } from './options.ts'
import { readUsers } from './read-users.ts'

/**
 * Opens the users of a better-auth deployment on PostgreSQL for reading. Everything is read from one state of its database,
 * and nothing is written there.
 *
 * Its sessions are not carried: its tokens are random texts, which say nothing to another server.
 *
 * @param url - `postgres://…` of a role that may read the tables `user`, `account` and `twoFactor`
 * @throws {SourceError} a table or a column is not found, or the role may not read one
 * @see decision 141
 */
export async function openBetterAuth(url: string, options: BetterAuthOptions = {}): Promise<Source> {
  const snapshot = await openSnapshot(url, 'BETTER_AUTH_DATABASE_URL')
  try {
    const tables = await findTables(snapshot, options)
    const table = tables.user.quoted
    return {
      kind: 'better-auth',
      name: options.source ?? (await nameSource(snapshot, { kind: 'better-auth', table })),
      keyType: keyTypeOf(tables.user.typeOf('id')),
      count: async () => ({ users: await countRows(snapshot, table), sessions: 0 }),
      users: () => readUsers(snapshot, tables, options.roles ?? {}),
      sessions: async function* () {},
      facts: () => readFacts(snapshot, tables),
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

/** Its ids are texts by default. Its configuration can have the database make UUIDs or numbers. */
function keyTypeOf(type: string | null): SourceKeyType {
  if (type === 'uuid') return 'uuid'
  return type === 'bigint' || type === 'integer' ? 'integer' : 'text'
}
