import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { readTotpCode } from '../../services/second-factor/totp.ts'
import { requireMfa } from '../../steps/challenge.ts'
import { countCodeAttempt } from '../../steps/code-attempts.ts'
import type { Identity } from '../../steps/identity.ts'
import { type MatchedCode, matchTotpCode } from '../../steps/match-totp-code.ts'
import { refuseProof } from '../../steps/refuse-proof.ts'
import { stepUp } from '../../steps/step-up.ts'
import { settleAttempts } from '../../tables/code-attempts/statements.ts'
import { useTotpStep } from '../../tables/totp-factors/statements.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { TOTP_WORDS } from '../../words/proven-levels.ts'

/**
 * Confirms by the code of an authenticator app that the caller is the user itself, and opens a successor of its session
 * with two factors.
 *
 * The attempts count for this session alone, so guesses at a sign-in lock nobody out of a step-up.
 *
 * @param input.code - six digits; a text of another form is refused and counts nowhere
 * @returns the tokens of the successor. Those of before work until the grace is over
 * @throws {DomainError} `invalid_code` - wrong or used; counted and recorded
 * @throws {DomainError} `mfa_locked` `totp_locked` - see {@link countCodeAttempt}
 * @throws {DomainError} `token_not_valid` - the session has ended since the check; the code was not used up
 * @throws {DomainError} `mfa_disabled`
 */
export async function reauthenticateWithTotp(
  ctx: Context,
  input: { identity: Identity; code: string },
): Promise<TokenPair> {
  requireMfa(ctx)
  const { identity } = input
  const { userId, sessionId } = identity
  const code = readTotpCode(input.code)
  if (code === null) throw new DomainError('invalid_code')
  const attempt = await countCodeAttempt(ctx, { userId, sessionId, of: 'app' })
  const matched = await matchTotpCode(ctx, { userId, code, attempt })
  const proof = { method: 'totp', acr: 'aal2', amr: TOTP_WORDS.join(' ') } as const
  const use = (tx: Database, found: MatchedCode) => useCode(ctx, tx, { found, scope: attempt.scope })
  const tokens = matched && (await stepUp(ctx, identity, { ...proof, use: (tx) => use(tx, matched) }))
  if (tokens) return tokens
  throw await refuseProof(ctx, identity, { factor: 'totp', refusal: 'invalid_code', attempt })
}

async function useCode(
  ctx: Context,
  tx: Database,
  { found, scope }: { found: MatchedCode; scope: string },
): Promise<boolean> {
  if (!(await useTotpStep(tx, ctx.clock, found))) return false
  await settleAttempts(tx, found.userId, scope)
  return true
}
