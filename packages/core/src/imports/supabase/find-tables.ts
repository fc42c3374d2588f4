import { findTable, type SourceTable } from '../find-table.ts'
import type { Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'

/** The tables of Supabase Auth. A table of a later version is null in an earlier one. */
export interface SupabaseTables {
  users: SourceTable
  identities: SourceTable | null
  factors: SourceTable | null
  passkeys: SourceTable | null
}

/** What every version of Supabase Auth since 2021 has. */
const NEEDED = ['id', 'email', 'encrypted_password', 'email_confirmed_at', 'raw_user_meta_data', 'created_at']

/** @throws {SourceError} the tables are not those of Supabase Auth */
export async function findTables(snapshot: Snapshot, schema: string): Promise<SupabaseTables> {
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
