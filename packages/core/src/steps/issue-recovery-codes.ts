import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { hashTyped, newRecoveryCodes } from '../services/second-factor/recovery-codes.ts'
import { replaceCodeHashes } from '../tables/recovery-codes/statements.ts'
import type { UserId } from '../words/ids.ts'

/** Makes new recovery codes in place of the former ones. The caller has locked the user's row. */
export async function issueRecoveryCodes(ctx: Context, tx: Database, userId: UserId): Promise<string[]> {
  const codes = newRecoveryCodes()
  const hashes = codes.flatMap((code) => hashTyped(userId, code))
  await replaceCodeHashes(tx, ctx.clock, { userId, hashes })
  return codes
}
