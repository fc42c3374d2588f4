import type { LatchkeyClient } from '../client.ts'
import { encodeBase64Url } from '../evidence/base64url.ts'
import { readOutcome, type SocialCrypto } from './redirects.ts'
import type { SocialOperations, SocialPurpose, SocialResult, SocialStart } from './social-operations.ts'
import { type AttemptStorage, createWaitingAttempts } from './waiting-attempts.ts'

/** The parts of a browser's window that a redirect needs. */
export interface SocialWindow {
  sessionStorage: AttemptStorage
  location: { href: string; assign(address: string): void }
  history: { state: unknown; replaceState(state: unknown, unused: string, address: string): void }
}

/** The parameter of `return_to` that names the attempt of this tab. */
const ATTEMPT = 'lk_attempt'
const NAME_BYTES = 8
/** Facebook adds it to the address it sends a browser to, and browsers keep it over further redirects. */
const FRAGMENT_OF_FACEBOOK = '#_=_'

interface PageOptions {
  redirects: Pick<SocialOperations, 'begin' | 'finish'>
  crypto: SocialCrypto
  window: SocialWindow
}

/**
 * Creates the operations that leave a page for a provider, and come back to one.
 *
 * The verifier of an attempt stays in the `sessionStorage` of its tab, so a code in a link of somebody else ends nothing.
 */
export function createPageOperations(
  { baseUrl }: LatchkeyClient,
  { redirects, crypto, window }: PageOptions,
): Pick<SocialOperations, 'signIn' | 'connect' | 'reauthenticate' | 'complete'> {
  const waiting = createWaitingAttempts(`${baseUrl}:social`, () => window.sessionStorage)
  /** The end of an attempt that is on its way. Two parts of a page may ask for it, as React does in development. */
  let ending: Promise<SocialResult | null> | undefined

  const leaveFor =
    (purpose: SocialPurpose) =>
    async (provider: string, start: SocialStart): Promise<void> => {
      const name = encodeBase64Url(crypto.randomBytes(NAME_BYTES))
      const returnTo = new URL(start.returnTo, window.location.href)
      returnTo.hash = ''
      returnTo.searchParams.set(ATTEMPT, name)
      const { address, ...attempt } = await redirects.begin(provider, {
        ...start,
        purpose,
        returnTo: returnTo.href,
      })
      waiting.keep(name, attempt)
      window.location.assign(address)
    }

  async function end(): Promise<SocialResult | null> {
    const { href } = window.location
    const address = new URL(href)
    const name = address.searchParams.get(ATTEMPT)
    const { code, error } = readOutcome(href)
    // A `code` without the name of an attempt is that of another library.
    if (name === null || (code ?? error) === undefined) return null
    for (const own of ['code', 'error', ATTEMPT]) address.searchParams.delete(own)
    if (address.hash === FRAGMENT_OF_FACEBOOK) address.hash = ''
    window.history.replaceState(window.history.state, '', address.href)
    const attempt = waiting.take(name)
    return attempt && redirects.finish(attempt, href)
  }

  return {
    signIn: leaveFor('sign_in'),
    connect: leaveFor('connect'),
    reauthenticate: leaveFor('reauthenticate'),
    complete: () => {
      ending ??= end().finally(() => {
        ending = undefined
      })
      return ending
    },
  }
}
