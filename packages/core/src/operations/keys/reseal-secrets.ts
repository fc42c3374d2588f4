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
  /** How many private halves of signing keys were encrypted under `SECRET_KEY`. */
  signingKeys: number
  /** How many secrets of authenticator apps. */
  totp: number
  /** How many mails that wait or have failed. */
  mails: number
  /** How many secrets of authenticator apps could not be opened, because their secret is in no setting. */
  foreign: number
}

/** How far the work is. The total was counted at its beginning. */
export type OnProgress = (progress: { done: number; total: number }) => void

/**
 * Encrypts under the current `SECRET_KEY` what a former one has encrypted: signing keys, confirmed secrets of
 * authenticator apps, and mails of the queue.
 *
 * It can be stopped and run again: it looks for what is left. A secret that is used or replaced meanwhile is under the
 * current key already.
 *
 * @throws when a signing key was encrypted under an unknown secret
 */
export async function resealSecrets(ctx: Context, onProgress: OnProgress = () => {}): Promise<Resealed> {
  const seals = listTotpSeals(ctx.secrets.totp)
  const total = (await countForeignSecrets(ctx.db, [seals[0]])) + (await ctx.outbox.countOutdated())
  let done = 0
  const onEach = () => onProgress({ done: ++done, total })
  const signingKeys = await ctx.keys.reseal()
  const totp = await resealTotp(ctx, seals[0], onEach)
  const mails = await ctx.outbox.reseal(onEach)
  return { signingKeys, totp, mails, foreign: await countForeignSecrets(ctx.db, seals) }
}

async function resealTotp(ctx: Context, seal: string, onEach: () => void): Promise<number> {
  let count = 0
  let after: UserId | null = null
  for (;;) {
    const page: SealedSecret[] = await listOutdatedSecrets(ctx.db, { seal, after, limit: PAGE })
    for (const row of page) {
      if (await reseal(ctx, row)) count++
      onEach()
    }
    after = page.at(-1)?.userId ?? null
    if (after === null) return count
  }
}

async function reseal(ctx: Context, row: SealedSecret): Promise<boolean> {
  const { totp: keys } = ctx.secrets
  const secret = await openTotpSecret(row.secretJwe, row.userId, keys).catch(() => null)
  return secret !== null && replaceSeal(ctx.db, row, await sealTotpSecret(secret, row.userId, keys))
}
