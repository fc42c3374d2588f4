import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { takeCode } from '../tables/provider-attempts/statements.ts'
import { DomainError } from '../words/errors.ts'
import type { ProviderIdentity } from '../words/provider-identity.ts'
import { hashLinkSecret, isLinkSecret } from './link-secret.ts'

/** A code from `return_to`, and the verifier of the app that began. */
export interface PresentedSocialCode {
  code: string
  /** 43 to 128 characters of RFC 7636. */
  codeVerifier: string
}

const VERIFIER = /^[\w.~-]{43,128}$/

/**
 * Redeems the code of a sign-in with a provider.
 *
 * The verifier decides who may do so, so a code that somebody plants in a link ends with the one who began it. A wrong
 * verifier spends nothing.
 *
 * @throws {DomainError} `token_not_valid` - the code is unknown, used or expired, or belongs to another verifier
 */
export async function redeemSocialCode(
  ctx: Context,
  { code, codeVerifier }: PresentedSocialCode,
  db: Database = ctx.db,
): Promise<ProviderIdentity> {
  if (!isLinkSecret(code) || !VERIFIER.test(codeVerifier)) throw new DomainError('token_not_valid')
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const identity = await takeCode(db, ctx.clock, { codeHash: hashLinkSecret(code), codeChallenge })
  if (!identity) throw new DomainError('token_not_valid')
  return identity
}
