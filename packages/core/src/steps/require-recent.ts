import type { Context } from '../context.ts'
import { DomainError } from '../words/errors.ts'
import type { Identity } from './identity.ts'
import { isFactorOn, isFactorRequired } from './second-factor-policy.ts'
import { findProofMethods } from './usable-factors.ts'

/**
 * Refuses a caller that has not proven recently enough that it is the user itself.
 *
 * Recent is a proof of at most `REAUTHENTICATION_MAX_AGE` ago, in a session of `aal2` where the second factor of the
 * user is on. Both are read by the statement that authenticates, so a good caller costs none here.
 *
 * @throws {DomainError} `insufficient_user_authentication` - with what the user can prove, and how old a proof may be
 * @see RFC 9470
 */
export async function requireRecent(ctx: Context, identity: Identity): Promise<void> {
  const needsLevel = isFactorOn(ctx, identity) && identity.acr !== 'aal2'
  const isOld = identity.authAgeSeconds > ctx.config.reauthenticationMaxAgeSeconds
  if (needsLevel || isOld) throw await refuse(ctx, identity, needsLevel)
}

/**
 * Refuses as {@link requireRecent}, but only a user whose second factor is on. It guards the operations that ask for the
 * password by themselves.
 */
export async function requireRecentOfFactor(ctx: Context, identity: Identity): Promise<void> {
  if (isFactorOn(ctx, identity)) await requireRecent(ctx, identity)
}

/**
 * Refuses a session below `aal2` of a user whose role must have a second factor. The proof may be of any age.
 *
 * @throws {DomainError} `insufficient_user_authentication`
 */
export async function requireLevelOfRole(ctx: Context, identity: Identity): Promise<void> {
  if (identity.acr === 'aal2' || !isFactorRequired(ctx, identity.user.role)) return
  throw await refuse(ctx, identity, true)
}

async function refuse(ctx: Context, identity: Identity, needsLevel: boolean): Promise<DomainError> {
  const methods = await findProofMethods(ctx, identity)
  return new DomainError('insufficient_user_authentication', {
    requiredProof: {
      maxAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds,
      acr: needsLevel ? 'aal2' : null,
      // A password and a provider leave the level of the session, so they would be asked for in vain.
      methods: needsLevel ? methods.filter((name) => name !== 'password' && name !== 'social') : methods,
    },
  })
}
