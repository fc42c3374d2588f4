import { type Credentials, findCredentialsByEmail, replaceHash } from '../accounts/store.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { findNewestPending } from '../registration/store.ts'
import type { TokenPair } from '../tokens/claims.ts'
import { issueTokens } from '../tokens/issue-tokens.ts'
import { retryContended } from '../transaction.ts'
import { openSession } from './open-session.ts'

/** An account that changes under a sign-in is checked anew this often. */
const ATTEMPTS = 3

/**
 * Signs a person in with an address and a password.
 *
 * An unknown address costs the same hash and gives the same answer as a wrong password.
 *
 * @param input.email - normalised
 * @param input.password - NFC-normalised
 * @throws {DomainError} `incorrect_credentials` - unknown address or wrong password; nothing was written
 * @throws {DomainError} `email_not_verified` - the right password of a sign-up or an account not yet confirmed
 * @throws {DomainError} `no_active_account` - the right password of a deactivated account
 * @throws {DomainError} `unavailable` - too many passwords are being checked
 */
export async function login(ctx: Context, input: { email: string; password: string }): Promise<TokenPair> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const user = await verifyCredentials(ctx, input)
    const subject = await retryContended(() =>
      openSession(ctx, { userId: user.id, verifiedEpoch: user.sessionEpoch }),
    )
    if (subject) return issueTokens(ctx, subject)
  }
  throw new DomainError('incorrect_credentials')
}

async function verifyCredentials(
  ctx: Context,
  input: { email: string; password: string },
): Promise<Credentials> {
  const [user, pending] = await Promise.all([
    findCredentialsByEmail(ctx.db, input.email),
    isMandatory(ctx) ? findNewestPending(ctx.db, ctx.clock, input.email) : null,
  ])
  // One hash whatever was found: the account's, else that of the newest sign-up for the address, else a decoy.
  const stored = user?.passwordHash ?? pending?.passwordHash ?? null
  if (!(await ctx.hasher.verify(stored, input.password))) throw new DomainError('incorrect_credentials')
  if (!user || (isMandatory(ctx) && !user.emailVerified)) throw new DomainError('email_not_verified')
  if (!user.isActive) throw new DomainError('no_active_account')
  if (ctx.hasher.isOutdated(user.passwordHash)) {
    const renewed = await ctx.hasher.hash(input.password)
    await replaceHash(ctx.db, { id: user.id, former: user.passwordHash, renewed })
  }
  return user
}

function isMandatory(ctx: Context): boolean {
  return ctx.config.emailVerification === 'mandatory'
}
