import type { PasskeyRequest } from '../generated/bodies.ts'
import type { PasskeyCredential } from '../mfa/mfa-operations.ts'
import { askBrowser, countAnswers, isPressed, settled } from './ask-browser.ts'
import { PasskeyError } from './passkey-error.ts'
import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from './webauthn.ts'

/** The options of a server work for five minutes unless it is set otherwise. */
const RENEWAL_SHARE = 0.8

/** The number of the last offer. Two offers at once would end each other for ever. */
let lastOffer = 0

/** A passkey that a person chose from the suggestions of a field, and the options that it answers. */
export interface Suggested {
  credential: PasskeyCredential
  options: PasskeyRequest
}

/**
 * Offers passkeys among the suggestions of a field until a person chooses one.
 *
 * New options are requested before the former ones are too old. A pressed button ends the offer. When the person cancels
 * what the button asked, the offer goes on. A later offer ends it.
 *
 * @param getOptions - requests options
 * @throws {PasskeyError} `cancelled` - the signal aborted, a button got a passkey, or there is a later offer
 */
export async function offerPasskeys(
  getOptions: () => Promise<PasskeyRequest>,
  signal?: AbortSignal,
): Promise<Suggested> {
  if (!(await browserSupportsWebAuthnAutofill())) throw new PasskeyError('unsupported')
  const offer = ++lastOffer
  const answersBefore = countAnswers()
  const isAnswered = async () => {
    await settled()
    return countAnswers() !== answersBefore
  }
  for (;;) {
    if (await isAnswered()) throw new PasskeyError('cancelled')
    const options = await getOptions()
    if (offer !== lastOffer) throw new PasskeyError('cancelled')
    // A button may have been pressed while the options were on their way.
    const credential = isPressed() ? null : await offerOnce(options, isAnswered, signal)
    if (credential) return { credential, options }
  }
}

/** @returns null when the options are old, or when what a button asked was cancelled */
async function offerOnce(
  options: PasskeyRequest,
  isAnswered: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<PasskeyCredential | null> {
  let isOld = false
  const timer = setTimeout(() => {
    isOld = true
    WebAuthnAbortService.cancelCeremony()
  }, options.timeout * RENEWAL_SHARE)
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  const offer = { optionsJSON, useBrowserAutofill: true, verifyBrowserAutofillInput: false }
  try {
    return await askBrowser(() => startAuthentication(offer), signal)
  } catch (error) {
    const isYielding = isOld || (!signal?.aborted && isAbort(error) && !(await isAnswered()))
    if (isYielding) return null
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Answers whether another question took the place of the offer. */
function isAbort(error: unknown): boolean {
  const { cause } = error as PasskeyError
  return (cause as Error | undefined)?.name === 'AbortError'
}
