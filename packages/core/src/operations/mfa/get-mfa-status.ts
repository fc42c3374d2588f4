import type { Context } from '../../context.ts'
import { requireMfa } from '../../steps/challenge.ts'
import type { Identity } from '../../steps/identity.ts'
import { isFactorOn, isFactorRequired, rpIdOf } from '../../steps/second-factor-policy.ts'
import { listUsable } from '../../steps/usable-factors.ts'
import { findUsableFactors } from '../../tables/ceremonies/open-challenge.ts'
import { countUnusedCodes } from '../../tables/recovery-codes/statements.ts'
import type { SecondFactor } from '../../words/second-factors.ts'

/** What a user has of second factors. */
export interface MfaStatus {
  /** Whether a sign-in with the password asks for a second factor. */
  enabled: boolean
  /** Whether the settings demand one of the user. */
  required: boolean
  /** Those that a sign-in accepts now. */
  methods: SecondFactor[]
  recoveryCodesLeft: number
}

/**
 * Tells which second factors the caller has.
 *
 * @throws {DomainError} `mfa_disabled`
 */
export async function getMfaStatus(ctx: Context, { identity }: { identity: Identity }): Promise<MfaStatus> {
  requireMfa(ctx)
  const { userId, user } = identity
  const factors = await findUsableFactors(ctx.db, { userId, rpId: rpIdOf(ctx) })
  const enabled = isFactorOn(ctx, identity)
  return {
    enabled,
    required: isFactorRequired(ctx, user.role),
    methods: listUsable(factors, enabled),
    recoveryCodesLeft: await countUnusedCodes(ctx.db, userId),
  }
}
