import type { Context } from '../context.ts'
import {
  insertPasskeyCeremony,
  type PasskeyCeremony,
  type PasskeyCeremonyKind,
} from '../tables/ceremonies/passkey-ceremonies.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { hashLinkSecret, newLinkSecret } from './link-secret.ts'

/** Who may answer a ceremony. */
export interface PasskeyCaller {
  /** Null for a sign-in, which names no user. */
  userId: UserId | null
  /** The session that asks; null for a sign-in and for a set-up. */
  sessionId: SessionId | null
}

/**
 * Opens a ceremony that a passkey answers.
 *
 * @returns its secret, which is the challenge of WebAuthn: 32 random bytes in base64url
 */
export async function openPasskeyCeremony(
  ctx: Context,
  caller: PasskeyCaller & { kind: PasskeyCeremonyKind },
): Promise<string> {
  const secret = newLinkSecret()
  const lifetimeSeconds = ctx.config.mfaChallengeLifetimeSeconds
  await insertPasskeyCeremony(ctx.db, ctx.clock, {
    ...caller,
    tokenHash: hashLinkSecret(secret),
    lifetimeSeconds,
  })
  return secret
}

/** Names the ceremony of a presented secret, for its kind and its caller. */
export function nameCeremony(
  secret: string,
  caller: PasskeyCaller & { kind: PasskeyCeremonyKind },
): PasskeyCeremony {
  const { kind, userId, sessionId } = caller
  return { tokenHash: hashLinkSecret(secret), kind, userId, sessionId }
}
