import { type DjangoTokens, readDjangoClaims } from '@latchkey/testkit'
import { cookieMode } from '../../src/cookie/index.ts'
import { createClient, isLatchkeyError, memoryStorage } from '../../src/index.ts'
import { createCookieJar } from '../support/cookie-jar.ts'

/** What one refresh gave: new tokens, nothing for the moment, or the end of the session. */
type Outcome = 'refreshed' | 'unavailable' | 'refused'

/** A program that holds a session and knows nothing of a move. */
interface Program {
  refresh(): Promise<Outcome>
  access(): Promise<string>
}

/** A program of a person that refreshes again and again, until it is stopped. */
export interface MovingClient {
  name: string
  /** How often each outcome was seen; `unavailable` counts answers with 503. */
  seen: Record<Outcome, number>
  access(): Promise<string>
  /** What the first tokens said of the user and its session. */
  first: ReturnType<typeof readDjangoClaims>
  stop(): Promise<void>
}

/** The time between two refreshes. */
const PAUSE_MS = 25

/** Makes a program whose calls go through a `fetch` that somebody watches. */
type MakeProgram = (url: string, tokens: DjangoTokens, network: typeof fetch) => Program

/** A program of somebody else, with the tokens in its own storage. */
const plainTokens: MakeProgram = (url, tokens, network) => {
  let held: { access: string; refresh: string } = tokens
  return {
    access: async () => held.access,
    refresh: () =>
      judge(async () => {
        const answer = await post(url, { body: JSON.stringify({ refresh: held.refresh }) }, network)
        if (answer.status === 200) held = (await answer.json()) as typeof held
        return answer.status
      }),
  }
}

/** A page of somebody else, whose browser keeps the refresh token. */
const plainCookie: MakeProgram = (url, tokens, network) => {
  const jar = createCookieJar(network)
  jar.cookies.set('refresh_token', tokens.refresh)
  let { access } = tokens
  return {
    access: async () => access,
    refresh: () =>
      judge(async () => {
        const answer = await post(url, { body: '{}', credentials: 'include' }, jar.fetch)
        if (answer.status === 200) access = ((await answer.json()) as { access: string }).access
        return answer.status
      }),
  }
}

/** The typed client, with the tokens in a storage or with the cookie. */
function typedClient(withCookie: boolean): MakeProgram {
  return (url, { access, refresh }, network) => {
    const jar = createCookieJar(network)
    if (withCookie) jar.cookies.set('refresh_token', refresh)
    const client = createClient({
      baseUrl: url,
      storage: memoryStorage(),
      fetch: jar.fetch,
      ...(withCookie && { mode: cookieMode }),
    })
    const adopted = client.session.adopt(withCookie ? { access } : { access, refresh })
    return {
      access: async () => (await client.session.accessToken()) ?? '',
      refresh: async () => {
        await adopted
        try {
          const { status } = await client.session.refresh()
          return status === 'signed_in' ? 'refreshed' : 'refused'
        } catch (error) {
          if (!isLatchkeyError(error)) throw error
          return 'unavailable'
        }
      },
    }
  }
}

/** The programs by the mode of their server. */
export const PROGRAMS: Record<'tokens' | 'cookie', Record<string, MakeProgram>> = {
  tokens: { 'plain REST': plainTokens, 'the client': typedClient(false) },
  cookie: { 'plain REST': plainCookie, 'the client': typedClient(true) },
}

/** Starts a program that refreshes without an end. */
export function startClient(
  url: string,
  tokens: DjangoTokens,
  [name, makeProgram]: [string, MakeProgram],
): MovingClient {
  const seen = { refreshed: 0, unavailable: 0, refused: 0 }
  // The typed client tries for seconds before it says that a server is not available, so the answers are counted here.
  const program = makeProgram(url, tokens, async (...request) => {
    const answer = await fetch(...request)
    if (answer.status === 503) seen.unavailable++
    return answer
  })
  let isOver = false
  const run = async () => {
    while (!isOver && seen.refused === 0) {
      const outcome = await program.refresh()
      if (outcome !== 'unavailable') seen[outcome]++
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  const running = run()
  return {
    name: `${name} of ${tokens.user}`,
    seen,
    first: readDjangoClaims(tokens.refresh),
    access: program.access,
    stop: async () => {
      isOver = true
      await running
    },
  }
}

async function judge(send: () => Promise<number>): Promise<Outcome> {
  const status = await send().catch(() => 0)
  if (status === 200) return 'refreshed'
  return status === 401 ? 'refused' : 'unavailable'
}

function post(url: string, init: RequestInit, send: typeof fetch): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return send(`${url}/refresh/`, { method: 'POST', headers, ...init })
}
