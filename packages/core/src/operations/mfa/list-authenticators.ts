import type { Context } from '../../context.ts'
import { requireMfa } from '../../steps/challenge.ts'
import type { Identity } from '../../steps/identity.ts'
import { rpIdOf } from '../../steps/second-factor-policy.ts'
import { listPasskeysOfUser } from '../../tables/passkeys/find.ts'
import { summarizeCodes } from '../../tables/recovery-codes/statements.ts'
import { findTotpFactor } from '../../tables/totp-factors/statements.ts'
import type { UserId } from '../../words/ids.ts'

/** An authenticator app, the recovery codes, or a passkey. */
export interface Authenticator {
  /** The recovery codes of a user are one authenticator, whose id is its type. */
  id: string
  type: 'totp' | 'recovery_codes' | 'webauthn'
  createdAt: Date
  lastUsedAt: Date | null
  /** Of recovery codes: how many are unused. */
  left: number | undefined
  /** Of a passkey. */
  name: string | undefined
}

/**
 * Lists what the caller can prove itself with besides the password, the oldest first.
 *
 * @throws {DomainError} `mfa_disabled`
 */
export async function listAuthenticators(
  ctx: Context,
  { identity }: { identity: Identity },
): Promise<Authenticator[]> {
  requireMfa(ctx)
  const { userId } = identity
  const found = [
    ...(await findApp(ctx, userId)),
    ...(await findCodes(ctx, userId)),
    ...(await findPasskeys(ctx, userId)),
  ]
  return found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

async function findApp(ctx: Context, userId: UserId): Promise<Authenticator[]> {
  const app = await findTotpFactor(ctx.db, userId)
  if (!app) return []
  const { id, confirmedAt: createdAt, lastUsedAt } = app
  return [{ id, type: 'totp', createdAt, lastUsedAt, left: undefined, name: undefined }]
}

async function findCodes(ctx: Context, userId: UserId): Promise<Authenticator[]> {
  const codes = await summarizeCodes(ctx.db, userId)
  return codes ? [{ id: 'recovery_codes', type: 'recovery_codes', ...codes, name: undefined }] : []
}

async function findPasskeys(ctx: Context, userId: UserId): Promise<Authenticator[]> {
  const passkeys = await listPasskeysOfUser(ctx.db, userId)
  return passkeys
    .filter(({ rpId }) => rpId === rpIdOf(ctx))
    .map(({ id, createdAt, lastUsedAt, name }) => ({
      id,
      type: 'webauthn',
      createdAt,
      lastUsedAt,
      left: undefined,
      name,
    }))
}
