import { spellCount } from '@latchkey/core'

/** Says what was encrypted anew: `Sealed anew: 3 signing keys, 1 authenticator app, 0 mails.` */
export function describeResealed(counts: { signingKeys: number; totp: number; mails: number }): string {
  const told = [
    spellCount(counts.signingKeys, 'signing key', 'signing keys'),
    spellCount(counts.totp, 'authenticator app', 'authenticator apps'),
    spellCount(counts.mails, 'mail', 'mails'),
  ]
  return `Sealed anew: ${told.join(', ')}.`
}
