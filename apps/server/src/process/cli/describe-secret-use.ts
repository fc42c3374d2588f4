import { type SecretPurpose, spellCount } from '@latchkey/core'
import type { SecretUse } from '@latchkey/core/operations/keys/list-secret-uses'

/** For one and for several; the words for several also stand without a count. */
const WHAT: Record<SecretPurpose, [one: string, others: string]> = {
  'refresh-token': [
    'session without a refresh since the new secret signs',
    'sessions without a refresh since the new secret signs',
  ],
  'password-reset': ['opened reset link', 'opened reset links'],
  'signing-key': ['signing key', 'signing keys'],
  mail: ['mail that waits or has failed', 'mails that wait or have failed'],
  'sign-up-salt': ['sign-up', 'sign-ups'],
  totp: ['authenticator app', 'authenticator apps'],
  'recovery-code': [
    'recovery code that was moved in, until its user has new ones',
    'recovery codes that were moved in, until their users have new ones',
  ],
  import: ['note of an import', 'notes of an import'],
  throttle: ['counter', 'counters'],
  'dpop-nonce': ['nonce of a proof', 'nonces of proofs'],
  decoy: ['decoy of an unknown address', 'decoys of unknown addresses'],
}

/** Says what needs a former secret: `3 authenticator apps (run: latchkey keys reseal)`. */
export function describeUse({ purpose, count, until }: SecretUse): string {
  const [one, others] = WHAT[purpose]
  if (until) return `${others}, until ${until.toISOString()}`
  const told = spellCount(Number(count), one, others)
  return purpose === 'recovery-code' ? told : `${told} (run: latchkey keys reseal)`
}
