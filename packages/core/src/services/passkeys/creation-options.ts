import { PASSKEY_ALGORITHMS } from './verify-credential.ts'

/** What `navigator.credentials.create` takes, as JSON. The names are those of WebAuthn. */
export interface CreationOptions {
  /** 32 random bytes in base64url, 43 characters. */
  challenge: string
  rp: { id: string; name: string }
  user: { id: string; name: string; displayName: string }
  pubKeyCredParams: { type: 'public-key'; alg: number }[]
  /** Milliseconds. */
  timeout: number
  attestation: 'none'
  authenticatorSelection: { residentKey: 'required'; requireResidentKey: true; userVerification: 'required' }
  excludeCredentials: { type: 'public-key'; id: string; transports: string[] }[]
}

/**
 * Describes the options of a new passkey.
 *
 * @param creation.challenge - the secret of the ceremony
 * @param creation.passkeys - those that the user has, which no authenticator makes a second time
 */
export function describeCreation(creation: {
  challenge: string
  rp: { id: string; name: string }
  user: { handle: string; email: string; displayName: string }
  timeoutSeconds: number
  passkeys: { credentialId: string; transports: string }[]
}): CreationOptions {
  const { challenge, rp, user, timeoutSeconds, passkeys } = creation
  return {
    challenge,
    rp,
    user: { id: user.handle, name: user.email, displayName: user.displayName },
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: timeoutSeconds * 1000,
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      type: 'public-key',
      id: credentialId,
      transports: transports.split(' ').filter((word) => word !== ''),
    })),
  }
}
