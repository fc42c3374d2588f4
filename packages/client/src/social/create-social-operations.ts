import type { LatchkeyClient } from '../client.ts'
import * as routes from '../generated/routes.ts'
import { createFailure } from '../http/error.ts'
import type { Call } from '../http/send.ts'
import { describeNextStep } from '../operations/describe-next-step.ts'
import { partsOf } from '../operations/parts.ts'
import type { SignInResult } from '../operations/sign-in-results.ts'
import type { InternalSession } from '../session/session.ts'
import type { SignedIn } from '../session/session-state.ts'
import { hasTokens } from '../session/token-changes.ts'
import type {
  SocialAccount,
  SocialOperations,
  SocialProvider,
  SocialPurpose,
  SocialResult,
  SocialStart,
} from './social-operations.ts'

/** The parts of a browser's window that a redirect needs. */
export interface SocialOptions {
  /** The window unless given. */
  window?: {
    sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
    location: { href: string; assign(address: string): void }
    history: { state: unknown; replaceState(state: unknown, unused: string, address: string): void }
  }
}

/** What a tab remembers while it is away. */
interface Waiting {
  verifier: string
  purpose: SocialPurpose
}

/** The parameter of `return_to` that names the attempt of this tab. */
const ATTEMPT = 'attempt'

/**
 * Creates the operations of a client on accounts at other providers. They keep the session and fail as the operations of
 * the client do.
 *
 * The verifier of an attempt stays in the `sessionStorage` of its tab, so a code in a link of somebody else ends nothing.
 */
export function createSocialOperations(
  client: LatchkeyClient,
  { window = globalThis as unknown as NonNullable<SocialOptions['window']> }: SocialOptions = {},
): SocialOperations {
  const { send, sendAsUser, callAsUser, mode } = partsOf(client)
  const { withCookies } = mode
  const session = client.session as InternalSession
  const keyOf = (attempt: string) => `${client.baseUrl}:social:${attempt}`

  async function leave(purpose: SocialPurpose, provider: string, start: SocialStart): Promise<void> {
    const [attempt, verifier] = [randomText(8), randomText(32)]
    const returnTo = new URL(start.returnTo, window.location.href)
    returnTo.searchParams.set(ATTEMPT, attempt)
    const prompt = start.prompt ?? (purpose === 'reauthenticate' ? 'login' : undefined)
    const query = new URLSearchParams({
      return_to: returnTo.href,
      code_challenge: await challengeOf(verifier),
      ...(prompt && { prompt }),
      ...(start.loginHint && { login_hint: start.loginHint }),
    })
    const waiting: Waiting = { verifier, purpose }
    window.sessionStorage.setItem(keyOf(attempt), JSON.stringify(waiting))
    window.location.assign(`${client.baseUrl}/social/${encodeURIComponent(provider)}/start/?${query}`)
  }

  /** Takes what this tab waits for. It is gone before anything else happens, so a reload finds nothing. */
  function take(address: URL): Waiting | null {
    const key = keyOf(address.searchParams.get(ATTEMPT) ?? '')
    const kept = window.sessionStorage.getItem(key)
    window.sessionStorage.removeItem(key)
    return kept === null ? null : (JSON.parse(kept) as Waiting)
  }

  async function signIn(fields: object): Promise<SignInResult> {
    const answer = await session.signIn(() =>
      send({ route: routes.openSocialSession, fields, withCookies, refreshes: null }),
    )
    if (hasTokens(answer)) return session.state as SignedIn
    return describeNextStep(answer, false) as SignInResult
  }

  async function finish({ verifier, purpose }: Waiting, code: string): Promise<SocialResult> {
    const fields = { code, code_verifier: verifier }
    if (purpose === 'sign_in') return { purpose, result: await signIn(fields) }
    if (purpose === 'connect') {
      const route = routes.connectSocialAccount
      return { purpose, account: await sendAsUser<SocialAccount>({ route, fields }) }
    }
    const proof = { social_code: code, code_verifier: verifier }
    const call: Call = { route: routes.reauthenticate, fields: proof, withCookies }
    await callAsUser((access) => session.replace(() => send({ ...call, access })))
    return { purpose }
  }

  async function complete(): Promise<SocialResult | null> {
    const address = new URL(window.location.href)
    const [code, error] = [address.searchParams.get('code'), address.searchParams.get('error')]
    if (code === null && error === null) return null
    const waiting = take(address)
    if (waiting === null) return null
    for (const name of ['code', 'error', ATTEMPT]) address.searchParams.delete(name)
    window.history.replaceState(window.history.state, '', address.href)
    if (code === null) return { purpose: waiting.purpose, error: error ?? '' }
    return finish(waiting, code)
  }

  return {
    providers: () => send<SocialProvider[]>({ route: routes.listProviders, peek: readList }),
    signIn: (provider, start) => leave('sign_in', provider, start),
    connect: (provider, start) => leave('connect', provider, start),
    reauthenticate: (provider, start) => leave('reauthenticate', provider, start),
    complete,
    accounts: () => sendAsUser<SocialAccount[]>({ route: routes.listConnections, peek: readList }),
    disconnect: (fields) => sendAsUser({ route: routes.disconnectProvider, fields, isEmpty: true }),
  }
}

/** Reads an answer that is a list; a refusal is left to the client. */
async function readList(response: Response): Promise<unknown[] | undefined> {
  if (!response.ok) return undefined
  const body = await response.json().catch(() => undefined)
  if (Array.isArray(body)) return body
  throw createFailure('unexpected_answer', { status: response.status })
}

function randomText(bytes: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return toBase64Url(new Uint8Array(digest))
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
