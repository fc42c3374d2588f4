import { countRows } from '../find-table.ts'
import type { Snapshot } from '../snapshot.ts'
import type { BetterAuthTables } from './find-tables.ts'

/** Counts what the dry run tells of: rows that are not carried. */
export async function readFacts(
  snapshot: Snapshot,
  { account, twoFactor, passkey }: BetterAuthTables,
): Promise<Record<string, number>> {
  const social = `${account.quoted} where ${account.need('providerId')} <> 'credential'`
  return {
    social_accounts: await countRows(snapshot, social),
    second_factors: twoFactor ? await countRows(snapshot, twoFactor.quoted) : 0,
    passkeys: passkey ? await countRows(snapshot, passkey.quoted) : 0,
  }
}
