import { encodeBase64Url } from '../evidence/base64url.ts'
import * as routes from '../generated/routes.ts'
import { readReturnError } from './return-errors.ts'
import type { SocialCalls } from './social-calls.ts'
import type { SocialAccount, SocialOperations } from './social-operations.ts'

/** What a redirect needs of WebCrypto. */
export interface SocialCrypto {
  /** Random bytes from the source of the system. */
  randomBytes(count: number): Uint8Array
  sha256(data: Uint8Array): Promise<ArrayBuffer>
}

const VERIFIER_BYTES = 32

/** Creates the two halves of a redirect. They use nothing of a browser, because not every React Native has a whole `URL`. */
export function createRedirects(
  publicUrl: string,
  calls: SocialCalls,
  crypto: SocialCrypto,
): Pick<SocialOperations, 'begin' | 'finish'> {
  return {
    async begin(provider, { returnTo, purpose = 'sign_in', prompt, loginHint }) {
      const verifier = encodeBase64Url(crypto.randomBytes(VERIFIER_BYTES))
      const bytes = Uint8Array.from(verifier, (character) => character.charCodeAt(0))
      const query = {
        return_to: returnTo,
        code_challenge: encodeBase64Url(new Uint8Array(await crypto.sha256(bytes))),
        // Who is signed in at the provider already proves nothing of the person in front of the page.
        prompt: prompt ?? (purpose === 'reauthenticate' ? 'login' : undefined),
        login_hint: loginHint,
      }
      const path = `/social/${encodeURIComponent(provider)}/start/`
      return { purpose, verifier, address: `${publicUrl}${path}?${printQuery(query)}` }
    },

    async finish({ purpose, verifier }, address) {
      const { code, error } = readOutcome(address)
      if (code === undefined) return { purpose, error: readReturnError(error) }
      const fields = { code, code_verifier: verifier }
      if (purpose === 'sign_in')
        return { purpose, result: await calls.signIn({ route: routes.openSocialSession, fields }) }
      if (purpose === 'connect') {
        const call = { route: routes.connectSocialAccount, fields } as const
        return { purpose, account: await calls.sendAsUser<SocialAccount>(call) }
      }
      const proof = { social_code: code, code_verifier: verifier }
      await calls.replace({ route: routes.reauthenticate, fields: proof })
      return { purpose }
    },
  }
}

/** The WebCrypto of a page. */
export const WEB_CRYPTO: SocialCrypto = {
  randomBytes: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)),
  sha256: (data) => {
    const { subtle } = globalThis.crypto as Partial<Crypto>
    if (subtle) return subtle.digest('SHA-256', data as BufferSource)
    throw new TypeError('A redirect to a provider needs a page of https, or of this machine.')
  },
}

/** Reads what a server that sends a browser back adds to its address: a code or a word. */
export function readOutcome(address: string): { code?: string; error?: string } {
  const [, query = ''] = /\?([^#]*)/.exec(address) ?? []
  const pairs = query.split('&').map((pair) => /^(code|error)=([\w-]*)$/.exec(pair))
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1], pair[2]]] : [])))
}

function printQuery(query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')
}
