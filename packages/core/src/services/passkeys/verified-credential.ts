/** The site that asks, from the settings and never from a request. */
export interface RelyingParty {
  rpId: string
  origins: readonly string[]
}

/** A verified new passkey. */
export interface VerifiedRegistration {
  credentialId: string
  /** A COSE key, base64url. */
  publicKey: string
  signCount: number
  transports: string[]
  aaguid: string
  backupEligible: boolean
  backedUp: boolean
}

/** A verified answer of a passkey. The caller compares the counter with the stored one. */
export interface VerifiedAssertion {
  signCount: number
  backedUp: boolean
}

/** The stored part of a passkey that an answer is verified against. */
export interface StoredCredential {
  credentialId: string
  publicKey: string
  backupEligible: boolean
}
