import type { SoftAuthenticator } from '@latchkey/testkit'
import { vi } from 'vitest'

/** A question of a page to its browser. */
interface Asked {
  publicKey: { challenge: ArrayBuffer; user?: { id: ArrayBuffer } }
  signal: AbortSignal
  mediation?: string
}

/** What a browser with an authenticator was asked and told. */
export interface SoftBrowser {
  /** The questions that wait for a person to choose a suggestion. */
  offers: { challenge: string; choose(): void }[]
  /** What the page told by the Signal API. */
  signals: [name: string, options: object][]
  /** The error of the next question, as a person or a device causes it. */
  failure: string | null
}

/** Puts passkeys into the globals, as a browser has them. `vi.unstubAllGlobals` takes them out. */
export function stubBrowser(device: SoftAuthenticator): SoftBrowser {
  const browser: SoftBrowser = { offers: [], signals: [], failure: null }
  const note = (name: string) => async (options: object) => void browser.signals.push([name, options])
  const api = Object.assign(() => {}, {
    isConditionalMediationAvailable: async () => true,
    signalAllAcceptedCredentials: note('signalAllAcceptedCredentials'),
    signalCurrentUserDetails: note('signalCurrentUserDetails'),
    signalUnknownCredential: note('signalUnknownCredential'),
  })

  function requireWilling(): void {
    const { failure } = browser
    browser.failure = null
    if (failure) throw new DOMException('No passkey.', failure)
  }

  async function get({ publicKey, signal, mediation }: Asked) {
    const challenge = encode(publicKey.challenge)
    if (mediation === 'conditional')
      await new Promise<void>((choose, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        browser.offers.push({ challenge, choose })
      })
    requireWilling()
    const { id, response } = device.get({ challenge })
    const { clientDataJSON, authenticatorData, signature, userHandle } = response
    return toCredential(id, {
      clientDataJSON: decode(clientDataJSON),
      authenticatorData: decode(authenticatorData),
      signature: decode(signature),
      userHandle: userHandle === undefined ? null : decode(userHandle),
    })
  }

  async function create({ publicKey }: Asked) {
    requireWilling()
    const user = { id: encode(publicKey.user?.id ?? new ArrayBuffer()) }
    const { id, response } = device.create({ challenge: encode(publicKey.challenge), user })
    return toCredential(id, {
      clientDataJSON: decode(response.clientDataJSON),
      attestationObject: decode(response.attestationObject),
      getTransports: () => response.transports,
    })
  }

  vi.stubGlobal('PublicKeyCredential', api)
  vi.stubGlobal('navigator', { credentials: { get, create } })
  // The library looks for the field of the suggestions, also where it is told to do without.
  vi.stubGlobal('document', { querySelectorAll: () => [] })
  return browser
}

function toCredential(id: string, response: object) {
  return { id, rawId: decode(id), type: 'public-key', response, getClientExtensionResults: () => ({}) }
}

function encode(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('base64url')
}

function decode(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64url')).buffer
}
