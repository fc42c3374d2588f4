import { columnOr, countRows } from '../find-table.ts'
import type { Snapshot } from '../snapshot.ts'
import { describeKept } from './read-users.ts'
import type { SupabaseTables } from './source.ts'

/** Counts what the dry run tells of: users who are left out, and rows that are not carried. */
export async function readFacts(snapshot: Snapshot, tables: SupabaseTables): Promise<Record<string, number>> {
  const { users, identities, factors, passkeys } = tables
  const from = `${users.quoted} u where`
  const kept = describeKept(tables)
  const deletedAt = columnOr(users, 'deleted_at', { alias: 'u', or: 'null' })
  const isAnonymous = columnOr(users, 'is_anonymous', { alias: 'u', or: 'false' })
  const phone = columnOr(users, 'phone', { alias: 'u', or: "''" })
  return {
    deleted: await countRows(snapshot, `${from} ${deletedAt} is not null`),
    anonymous: await countRows(snapshot, `${from} ${deletedAt} is null and ${isAnonymous}`),
    phone_numbers: await countRows(snapshot, `${from} ${kept} and coalesce(${phone}, '') <> ''`),
    social_identities: identities
      ? await countRows(snapshot, `${identities.quoted} where provider not in ('email', 'phone')`)
      : 0,
    second_factors: factors
      ? await countRows(snapshot, `${factors.quoted} where status::text = 'verified'`)
      : 0,
    passkeys: passkeys ? await countRows(snapshot, passkeys.quoted) : 0,
  }
}
