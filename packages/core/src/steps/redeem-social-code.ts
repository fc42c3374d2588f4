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
 * @param refusal - what a void code is for this caller. Beside an access token it is no 401: clients take that for a
 *   refused access token, and refresh
 * @throws {DomainError} `refusal` - the code is unknown, used or expired, or belongs to another verifier
 */
export async function redeemSocialCode(
  ctx: Context,
  { code, codeVerifier }: PresentedSocialCode,
  { refusal, db = ctx.db }: { refusal: 'token_not_valid' | 'challenge_invalid'; db?: Database },
): Promise<ProviderIdentity> {
  if (!isLinkSecret(code) || !VERIFIER.test(codeVerifier)) throw new DomainError(refusal)
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const identity = await takeCode(db, ctx.clock, { codeHash: hashLinkSecret(code), codeChallenge })
  if (!identity) throw new DomainError(refusal)
  return identity
}
