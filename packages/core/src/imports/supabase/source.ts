import { findTable, type SourceTable } from '../find-table.ts'
import { nameSource } from '../name-source.ts'
import type { Source } from '../records.ts'
import { openSnapshot, type Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'
import { readFacts } from './facts.ts'
import { countUsers, readUsers } from './read-users.ts'

/** What an operator can say about a Supabase database. */
export interface SupabaseOptions {
  /** The schema of Supabase's tables; `auth` unless given. */
  schema?: string
  /** The name of the source, where the database cannot name itself. */
  source?: string
}

/** The tables of Supabase Auth. A table of a later version is null in an earlier one. */
export interface SupabaseTables {
  users: SourceTable
  identities: SourceTable | null
  factors: SourceTable | null
  passkeys: SourceTable | null
}

/** What every version of Supabase Auth since 2021 has. */
const NEEDED = ['id', 'email', 'encrypted_password', 'email_confirmed_at', 'raw_user_meta_data', 'created_at']

/**
 * Opens the users of a Supabase project for reading. Everything is read from one state of its database, and nothing is
 * written there.
 *
 * Its sessions are not carried: its refresh tokens are random texts, which say nothing to another server.
 *
 * @param url - `postgres://…` of a role that may read the tables `users`, `identities` and `mfa_factors`
 * @throws {SourceError} the tables are not those of Supabase Auth, or the role may not read one
 * @see decision 141
 */
export async function openSupabase(url: string, options: SupabaseOptions = {}): Promise<Source> {
  const snapshot = await openSnapshot(url, 'SUPABASE_DATABASE_URL')
  try {
    const tables = await findTables(snapshot, options.schema ?? 'auth')
    const table = tables.users.quoted
    return {
      kind: 'supabase',
      name: options.source ?? (await nameSource(snapshot, { kind: 'supabase', table })),
      keyType: 'uuid',
      count: async () => ({ users: await countUsers(snapshot, tables), sessions: 0 }),
      users: () => readUsers(snapshot, tables),
      sessions: async function* () {},
      facts: () => readFacts(snapshot, tables),
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

async function findTables(snapshot: Snapshot, schema: string): Promise<SupabaseTables> {
  const find = (name: string) => findTable(snapshot, { name, schema })
  const users = await find('users')
  const missing = NEEDED.filter((name) => !users?.types.has(name))
  if (!users || missing.length > 0) {
    const what = users ? `has no column ${missing.join(', ')}` : 'does not exist'
    throw new SourceError(`The table ${schema}.users ${what}. Is this the database of a Supabase project?`)
  }
  return {
    users,
    identities: await find('identities'),
    factors: await find('mfa_factors'),
    passkeys: await find('webauthn_credentials'),
  }
}
