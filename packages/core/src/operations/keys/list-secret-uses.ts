import type { Context } from '../../context.ts'
import type { SecretPurpose } from '../../services/keys/derived-keys.ts'
import { listShortSeals } from '../../services/second-factor/short-codes.ts'
import { listTotpSeals } from '../../services/second-factor/totp-secret.ts'
import { countForeignCodes } from '../../tables/recovery-codes/short.ts'
import { countForeignSecrets } from '../../tables/totp-factors/seals.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'

/** What still needs a former secret. Both may be null, but not at once. */
export interface SecretUse {
  purpose: SecretPurpose
  /** How many rows are sealed under a former secret; null for what no row tells of. */
  count: number | null
  /** When the last token that a former secret has signed expires; null for rows. */
  until: Date | null
}

/** A server that was slow to hear of the present secret has signed with the former one for so long. */
const LATE_SECONDS = 10 * MINUTE_SECONDS

type Count = { count: number } | { lifetimeSeconds: number } | null

/**
 * What a former secret does for each purpose after the present one has taken its place. Null: its loss is nothing to
 * anybody. A salt of a sign-up is read from the stored hash. Counters begin anew, and a network is unknown until the
 * next sign-in from it. A refused nonce is replaced by the one of the refusal. An unknown address gets another decoy.
 */
const USES: Record<SecretPurpose, (ctx: Context) => Promise<Count> | Count> = {
  'refresh-token': ({ config }) => ({ lifetimeSeconds: config.refreshTokenLifetimeSeconds }),
  'password-reset': ({ config }) => ({ lifetimeSeconds: config.openedLinkLifetimeSeconds }),
  'signing-key': async ({ keys, secrets }) => {
    const { kid } = secrets['signing-key'].current
    return { count: (await keys.list()).filter(({ seal }) => seal.kid !== kid).length }
  },
  mail: async ({ outbox }) => ({ count: await outbox.countOutdated() }),
  totp: async ({ db, secrets }) => ({
    count: await countForeignSecrets(db, [listTotpSeals(secrets.totp)[0]]),
  }),
  // Only the key that has hashed a code checks it, so no reseal helps.
  'recovery-code': async ({ db, secrets }) => ({
    count: await countForeignCodes(db, [listShortSeals(secrets['recovery-code'])[0]]),
  }),
  'sign-up-salt': () => null,
  // The next run of an import compares every column.
  import: () => null,
  throttle: () => null,
  'dpop-nonce': () => null,
  decoy: () => null,
}

/**
 * Lists what still needs a secret of `SECRET_KEY_FALLBACKS`. Without such a secret, or when each may be dropped, the
 * list is empty.
 */
export async function listSecretUses(ctx: Context): Promise<SecretUse[]> {
  if (ctx.secrets['refresh-token'].accepted.size === 1) return []
  const since = await findTakeOver(ctx)
  const purposes = Object.keys(USES) as SecretPurpose[]
  const uses = await Promise.all(purposes.map(async (purpose) => describe(purpose, await USES[purpose](ctx))))
  return uses.flat()

  function describe(purpose: SecretPurpose, use: Count): SecretUse[] {
    if (use === null) return []
    if ('count' in use) return use.count > 0 ? [{ purpose, count: use.count, until: null }] : []
    const endSeconds = since + LATE_SECONDS + use.lifetimeSeconds
    if (endSeconds <= ctx.clock.epochSeconds()) return []
    return [{ purpose, count: null, until: new Date(endSeconds * 1000) }]
  }
}

/**
 * Finds since when the present secret signs, in seconds: it has sealed the signing keys since then. While it has sealed
 * none, or a former release has and noted no time, that is now.
 */
async function findTakeOver(ctx: Context): Promise<number> {
  const { kid } = ctx.secrets['signing-key'].current
  const seals = (await ctx.keys.list()).filter(({ seal }) => seal.kid === kid)
  const now = ctx.clock.epochSeconds()
  return Math.min(now, ...seals.map(({ seal }) => seal.sealedAt ?? now))
}
