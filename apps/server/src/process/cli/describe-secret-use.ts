import type { SecretPurpose } from '@latchkey/core'
import type { SecretUse } from '@latchkey/core/operations/keys/list-secret-uses'

const WHAT: Record<SecretPurpose, string> = {
  'refresh-token': 'sessions without a refresh since the new secret signs',
  'password-reset': 'opened reset links',
  'signing-key': 'signing keys',
  mail: 'mails that wait or have failed',
  'sign-up-salt': 'sign-ups',
  totp: 'authenticator apps',
  'recovery-code': 'recovery codes that were moved in, until their users have new ones',
  import: 'the notes of an import',
  throttle: 'counters',
  'dpop-nonce': 'nonces of proofs',
  decoy: 'decoys of unknown addresses',
}

/** Says what needs a former secret: `3 authenticator apps (run: latchkey keys reseal)`. */
export function describeUse({ purpose, count, until }: SecretUse): string {
  if (until) return `${WHAT[purpose]}, until ${until.toISOString()}`
  if (purpose === 'recovery-code') return `${count} ${WHAT[purpose]}`
  return `${count} ${WHAT[purpose]} (run: latchkey keys reseal)`
}
