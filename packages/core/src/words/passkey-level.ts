import type { SessionLevel } from './claims.ts'
import type { PasskeyId } from './ids.ts'

/** The part of a passkey that a level depends on. */
export interface LevelPasskey {
  id: PasskeyId
  backupEligible: boolean
}

/** Lists the words of RFC 8176 for a passkey: where its key is held, and that the user was verified. */
export function listPasskeyWords({ backupEligible }: LevelPasskey): string[] {
  return [backupEligible ? 'swk' : 'hwk', 'user', 'mfa']
}

/**
 * Describes the level of a session that a passkey opened. A passkey is two factors by itself.
 *
 * @param before - the words of what was proven before; none for a sign-in with the passkey alone
 */
export function describePasskeyLevel(passkey: LevelPasskey, before: string[] = []): SessionLevel {
  return { acr: 'aal2', amr: [...before, ...listPasskeyWords(passkey)].join(' '), passkeyId: passkey.id }
}

/** The most passkeys of one user. */
export const MOST_PASSKEYS = 20
