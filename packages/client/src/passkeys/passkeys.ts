import type { LatchkeyClient } from '../client.ts'
import type {
  Detail,
  PasskeyRequest,
  RegisterPasskeyAnswer,
  RegisterPasskeyInput,
} from '../generated/bodies.ts'
import { codeOf } from '../http/error.ts'
import { createMfaOperations } from '../mfa/create-mfa-operations.ts'
import type { PasskeyCredential } from '../mfa/mfa-operations.ts'
import { signal as tellBrowser } from '../mfa/signal.ts'
import type { SecondFactorRequired } from '../operations/sign-in-results.ts'
import type { SignedIn } from '../session/session-state.ts'
import { askPressed, requireSupport } from './ask-browser.ts'
import { offerPasskeys, type Suggested } from './autofill.ts'
import { PasskeyError } from './passkey-error.ts'
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from './webauthn.ts'

/** Answers whether this browser has passkeys. */
export function isSupported(): boolean {
  return browserSupportsWebAuthn()
}

/** Answers whether this browser offers passkeys among the suggestions of a field. */
export function isAutofillSupported(): Promise<boolean> {
  return browserSupportsWebAuthnAutofill()
}

/**
 * Signs in with a passkey.
 *
 * With `autofill` the browser offers passkeys among the suggestions of the field with `autocomplete="username webauthn"`,
 * until the person chooses one or the signal aborts. The offer yields to a pressed button.
 *
 * @throws {PasskeyError} the browser gave no passkey
 * @throws {LatchkeyError} the server refused it
 */
export async function signIn(
  client: LatchkeyClient,
  { autofill = false, signal }: { autofill?: boolean; signal?: AbortSignal } = {},
): Promise<SignedIn> {
  requireSupport()
  const { passkeys } = createMfaOperations(client)
  const getOptions = async () => (await passkeys.signInOptions()).options
  for (;;) {
    const { credential, options } = await (autofill ? offerPasskeys : askForAny)(getOptions, signal)
    try {
      return await passkeys.signIn({ credential })
    } catch (error) {
      const code = codeOf(error)
      if (code === 'unknown_passkey')
        tellBrowser('signalUnknownCredential', { rpId: options.rpId, credentialId: credential.id })
      // A device that slept may give a passkey long after its options were made.
      if (!autofill || code !== 'challenge_invalid') throw error
    }
  }
}

async function askForAny(
  getOptions: () => Promise<PasskeyRequest>,
  signal?: AbortSignal,
): Promise<Suggested> {
  const options = await getOptions()
  return { options, credential: await authenticate(options, signal) }
}

/**
 * Adds a passkey to the account of the user, or to that of a sign-in that must set up a factor.
 *
 * @param input.name - the provider, or the browser and the system, unless given
 * @param input.setupChallengeId - of the sign-in; then the answer has recovery codes, and the user is signed in
 * @throws {PasskeyError} the browser made no passkey
 */
export async function add(
  client: LatchkeyClient,
  { name, setupChallengeId }: { name?: string; setupChallengeId?: string } = {},
): Promise<RegisterPasskeyAnswer> {
  requireSupport()
  const { passkeys } = createMfaOperations(client)
  const setUp = setupChallengeId === undefined ? {} : { setup_challenge_id: setupChallengeId }
  const { options } = await passkeys.registerOptions(setUp)
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  const credential = await askPressed<RegisterPasskeyInput['credential']>(() =>
    startRegistration({ optionsJSON }),
  )
  return passkeys.register({ credential, ...(name !== undefined && { name }), ...setUp })
}

/**
 * Completes a sign-in with a passkey.
 *
 * @param challenge - what the sign-in resolved to
 * @throws {PasskeyError} the browser gave no passkey
 */
export async function verify(
  client: LatchkeyClient,
  { challengeId, passkeyOptions }: Pick<SecondFactorRequired, 'challengeId' | 'passkeyOptions'>,
): Promise<SignedIn> {
  requireSupport()
  if (!passkeyOptions) throw new PasskeyError('unsupported')
  const credential = await authenticate(passkeyOptions)
  return createMfaOperations(client).mfa.verifyPasskey({ challenge_id: challengeId, credential })
}

/**
 * Confirms with a passkey that it is the user: for `onReauthenticate` of `createClient`.
 *
 * @throws {PasskeyError} the browser gave no passkey
 */
export async function confirm(client: LatchkeyClient): Promise<Detail> {
  requireSupport()
  const { reauthenticate, reauthenticateOptions } = createMfaOperations(client)
  const { options } = await reauthenticateOptions()
  return reauthenticate({ credential: await authenticate(options) })
}

function authenticate(options: PasskeyRequest, signal?: AbortSignal): Promise<PasskeyCredential> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  return askPressed(() => startAuthentication({ optionsJSON }), signal)
}
