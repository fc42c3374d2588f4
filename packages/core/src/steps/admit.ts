import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { insertChallenge, type OpenedChallenge } from '../tables/ceremonies/open-challenge.ts'
import type { PendingConnection } from '../tables/ceremonies/schema.ts'
import type { AuditDetails } from '../words/audit-kinds.ts'
import type { UserId } from '../words/ids.ts'
import { describeFirstLevel } from '../words/proven-levels.ts'
import type { SignInAnswer, UnfinishedSignIn } from '../words/second-factors.ts'
import { issueTokens } from './issue-tokens.ts'
import { hashLinkSecret, newLinkSecret } from './link-secret.ts'
import type { OpenedSession } from './open-session.ts'
import { openSession } from './open-session.ts'
import { describePasskeyRequest } from './passkey-request.ts'
import { composeEvent } from './record-event.ts'
import { isFactorOn, isFactorRequired, rpIdOf } from './second-factor-policy.ts'
import { listUsable } from './usable-factors.ts'

/** A user whose first factor was just checked. */
export interface VerifiedUser {
  userId: UserId
  /** The user's `sessionEpoch` that the check saw. */
  verifiedEpoch: number
  role: number
  secondFactor: boolean
  method: AuditDetails['login_challenged']['method']
  /** The account at a provider that the sign-in came by. With a challenge, its second step writes it. */
  pendingConnection?: PendingConnection | null
}

/** What a right first factor leads to. */
export type Admission = { session: OpenedSession } | { session: null; unfinished: UnfinishedSignIn }

/**
 * Decides what a right first factor leads to: a session, or a challenge for the second factor or for its set-up.
 *
 * This is the one gate: a first factor opens a session here and nowhere else, so no operation forgets the second one. A
 * user that needs no second factor costs the statement that opens the session, and no other.
 *
 * @param db - a transaction that has changed the user, so that both are committed together
 * @returns null when the user changed since the check, and nothing was written
 * @see decision 117
 */
export async function admit(
  ctx: Context,
  verified: VerifiedUser,
  db: Database = ctx.db,
): Promise<Admission | null> {
  const { role, secondFactor, pendingConnection: _, ...signIn } = verified
  if (isFactorOn(ctx, { secondFactor }) || isFactorRequired(ctx, role)) return challenge(ctx, verified, db)
  const session = await openSession(
    ctx,
    { ...signIn, second: 'none', level: describeFirstLevel(signIn.method) },
    db,
  )
  return session && { session }
}

/** Turns an admission into the answer to the caller, after its transaction was committed. */
export function answerAdmission(ctx: Context, admission: Admission): SignInAnswer {
  return admission.session ? issueTokens(ctx, admission.session) : admission.unfinished
}

async function challenge(ctx: Context, verified: VerifiedUser, db: Database): Promise<Admission | null> {
  const { userId, verifiedEpoch, method, pendingConnection = null } = verified
  const secret = newLinkSecret()
  const opened = await insertChallenge(db, ctx.clock, {
    userId,
    verifiedEpoch,
    method,
    pendingConnection,
    tokenHash: hashLinkSecret(secret),
    rpId: rpIdOf(ctx),
    answerSeconds: ctx.config.mfaChallengeLifetimeSeconds,
    setupSeconds: ctx.config.mfaSetupLifetimeSeconds,
    event: composeEvent(ctx, { kind: 'login_challenged', userId, by: 'self', details: { method } }),
  })
  if (!opened) return null
  const isOn = isFactorOn(ctx, verified)
  const unfinished =
    opened.kind === 'setup' ? askSetup(ctx, secret) : askFactor(ctx, secret, { opened, isOn })
  return { session: null, unfinished }
}

function askFactor(
  ctx: Context,
  challengeId: string,
  factors: { opened: OpenedChallenge; isOn: boolean },
): UnfinishedSignIn {
  const methods = listUsable(factors.opened, factors.isOn)
  return {
    mfaRequired: true,
    challengeId,
    methods,
    expiresIn: ctx.config.mfaChallengeLifetimeSeconds,
    ...(methods.includes('passkey') && {
      passkeyOptions: describePasskeyRequest(ctx, challengeId, factors.opened.passkeys),
    }),
  }
}

function askSetup(ctx: Context, setupChallengeId: string): UnfinishedSignIn {
  return {
    mfaSetupRequired: true,
    setupChallengeId,
    methods: ctx.config.passkeysEnabled ? ['totp', 'passkey'] : ['totp'],
    expiresIn: ctx.config.mfaSetupLifetimeSeconds,
  }
}
