import type { Context } from '../../context.ts'
import { listTotpSeals, openTotpSecret, sealTotpSecret } from '../../services/second-factor/totp-secret.ts'
import {
  countForeignSecrets,
  listOutdatedSecrets,
  replaceSeal,
  type SealedSecret,
} from '../../tables/totp-factors/seals.ts'
import type { UserId } from '../../words/ids.ts'

const PAGE = 200

/** What was encrypted anew. */
export interface Resealed {
  /** How many secrets of authenticator apps were encrypted under `SECRET_KEY`. */
  totp: number
  /** How many could not be opened, because their secret is in no setting. */
  foreign: number
}

/**
 * Encrypts the confirmed secrets of authenticator apps under the current `SECRET_KEY`.
 *
 * After it a former secret may be dropped from `SECRET_KEY_FALLBACKS`. Each start does the same with the signing keys. A
 * secret that is used or replaced meanwhile is under the current key already.
 */
export async function resealSecrets(ctx: Context): Promise<Resealed> {
  const { totp: keys } = ctx.secrets
  const seals = listTotpSeals(keys)
  let totp = 0
  let after: UserId | null = null
  for (;;) {
    const page: SealedSecret[] = await listOutdatedSecrets(ctx.db, { seal: seals[0], after, limit: PAGE })
    for (const row of page) if (await reseal(ctx, row)) totp++
    after = page.at(-1)?.userId ?? null
    if (after === null) return { totp, foreign: await countForeignSecrets(ctx.db, seals) }
  }
}

async function reseal(ctx: Context, row: SealedSecret): Promise<boolean> {
  const { totp: keys } = ctx.secrets
  const secret = await openTotpSecret(row.secretJwe, row.userId, keys).catch(() => null)
  return secret !== null && replaceSeal(ctx.db, row, await sealTotpSecret(secret, row.userId, keys))
}
