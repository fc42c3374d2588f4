import type { PresentedAssertion, PresentedRegistration } from './presented-credential.ts'
import type {
  RelyingParty,
  StoredCredential,
  VerifiedAssertion,
  VerifiedRegistration,
} from './verified-credential.ts'

/** ES256, EdDSA and RS256, as COSE numbers. No other key is asked for, stored or verified. */
export const PASSKEY_ALGORITHMS = [-7, -8, -257] as const

const PUBLIC_KEY_MAX_BYTES = 2048
const COSE_ALGORITHM = 3
/** The formats without a certificate. A certificate would be looked up in the network. */
const ATTESTATION_FORMATS = ['none', 'packed']

type Library = typeof import('@simplewebauthn/server')
type Helpers = typeof import('@simplewebauthn/server/helpers')

/** Loaded at the first use, because the library takes 16 MiB of memory. */
async function load(): Promise<Library & { helpers: Helpers }> {
  const [library, helpers] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ])
  return { ...library, helpers }
}

/**
 * Verifies a new passkey.
 *
 * The user must be verified by the authenticator. An attestation with a certificate is refused before it is looked at.
 *
 * @param input.challenge - the secret of the ceremony, as the options said it
 * @returns null for anything that does not verify; it throws only when the library cannot be loaded
 */
export async function verifyRegistration(
  site: RelyingParty,
  input: { credential: PresentedRegistration; challenge: string },
): Promise<VerifiedRegistration | null> {
  const library = await load()
  return refuseThrown(async () => {
    const { credential, challenge } = input
    if (!credential.isOwnFrame || !hasPlainAttestation(library.helpers, credential)) return null
    const { verified, registrationInfo: found } = await library.verifyRegistrationResponse({
      ...describeExpected(site, challenge),
      response: { ...credential, clientExtensionResults: {}, response: withoutTransports(credential) },
      supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
    })
    if (!verified || found.credential.id !== credential.id) return null
    const { publicKey } = found.credential
    if (publicKey.byteLength > PUBLIC_KEY_MAX_BYTES) return null
    return {
      credentialId: found.credential.id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      signCount: found.credential.counter,
      transports: credential.response.transports,
      aaguid: found.aaguid,
      backupEligible: found.credentialDeviceType === 'multiDevice',
      backedUp: found.credentialBackedUp,
    }
  })
}

/**
 * Verifies the answer of a stored passkey.
 *
 * The counter is not compared here. A forged answer with a low counter has no right signature, so it gives no alarm.
 *
 * @param input.challenge - the secret of the ceremony, as the options said it
 * @param input.userHandle - the user handle of the owner
 * @param input.namesUser - whether the answer must have the user handle, as at a sign-in that names no user
 * @returns null for anything that does not verify; it throws only when the library cannot be loaded
 */
export async function verifyAssertion(
  site: RelyingParty,
  input: {
    credential: PresentedAssertion
    challenge: string
    stored: StoredCredential
    userHandle: string
    namesUser: boolean
  },
): Promise<VerifiedAssertion | null> {
  const { credential, challenge, stored } = input
  const given = credential.response.userHandle || null
  if (given === null ? input.namesUser : given !== input.userHandle) return null
  if (!credential.isOwnFrame || credential.id !== stored.credentialId) return null
  const library = await load()
  return refuseThrown(async () => {
    const publicKey = new Uint8Array(Buffer.from(stored.publicKey, 'base64url'))
    if (!isPinned(library.helpers.decodeCredentialPublicKey(publicKey).get(COSE_ALGORITHM))) return null
    const { verified, authenticationInfo: found } = await library.verifyAuthenticationResponse({
      ...describeExpected(site, challenge),
      response: { ...credential, clientExtensionResults: {}, response: withoutHandle(credential) },
      credential: { id: stored.credentialId, publicKey, counter: 0 },
    })
    const isEligible = found.credentialDeviceType === 'multiDevice'
    if (!verified || isEligible !== stored.backupEligible) return null
    return { signCount: found.newCounter, backedUp: found.credentialBackedUp }
  })
}

function describeExpected({ rpId, origins }: RelyingParty, challenge: string) {
  return {
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: rpId,
    requireUserVerification: true,
  }
}

/** The library reads an attestation of a certificate by itself, so the format is decided before. */
function hasPlainAttestation(
  { isoBase64URL, decodeAttestationObject }: Helpers,
  sent: PresentedRegistration,
) {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(sent.response.attestationObject))
  const statement = attestation.get('attStmt')
  if (!ATTESTATION_FORMATS.includes(attestation.get('fmt')) || statement.get('x5c') !== undefined)
    return false
  return attestation.get('fmt') === 'none' || isPinned(statement.get('alg'))
}

function isPinned(algorithm: unknown): boolean {
  return PASSKEY_ALGORITHMS.some((pinned) => pinned === algorithm)
}

function withoutTransports({ response }: PresentedRegistration) {
  const { clientDataJSON, attestationObject } = response
  return { clientDataJSON, attestationObject }
}

function withoutHandle({ response }: PresentedAssertion) {
  const { clientDataJSON, authenticatorData, signature } = response
  return { clientDataJSON, authenticatorData, signature }
}

/** Whatever the library throws about what a caller sent is a refusal. */
async function refuseThrown<T>(verify: () => Promise<T | null>): Promise<T | null> {
  try {
    return await verify()
  } catch {
    return null
  }
}
