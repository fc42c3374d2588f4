import { createHash, randomBytes } from 'node:crypto'
import type { ProviderPerson, ProviderStandIn } from '@latchkey/testkit'
import { type Answer, call } from '../call.ts'
import type { TestServer } from '../test-server.ts'

/** Where the app of these tests waits for its browser. */
export const APP = 'https://app.example/signed-in'

/** A browser with cookies of its own, in which an app begins and ends sign-ins. */
export interface Browser {
  cookies: Map<string, string>
  open(path: string, options?: { accept?: string; headers?: Record<string, string> }): Promise<Answer>
  post(path: string, form: URLSearchParams): Promise<Answer>
}

/** An attempt, as the app and the provider know it. */
export interface Attempt {
  verifier: string
  /** The address of the provider. */
  provider: URL
}

/** The verifier of an app, and its S256. */
export function makeVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Opens a browser. A POST comes from the site of a provider, so it has no cookie. */
export function openBrowser(server: TestServer): Browser {
  const cookies = new Map<string, string>()
  const keep = (answer: Answer) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    cookies,
    open: async (path, { accept = 'text/html', headers = {} } = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      return keep(await call(new URL(path, server.url).href, { headers: { accept, cookie, ...headers } }))
    },
    post: async (path, form) =>
      keep(
        await call(new URL(path, server.url).href, {
          method: 'POST',
          body: form.toString(),
          headers: {
            accept: 'text/html',
            'content-type': 'application/x-www-form-urlencoded',
            origin: 'https://provider.example',
            'sec-fetch-site': 'cross-site',
          },
        }),
      ),
  }
}

/** Follows the link of an app to a provider. */
export async function begin(
  browser: Browser,
  { provider = 'acme', returnTo = APP, more = {} as Record<string, string> } = {},
): Promise<Attempt> {
  const { verifier, challenge } = makeVerifier()
  const query = new URLSearchParams({ return_to: returnTo, code_challenge: challenge, ...more })
  const answer = await browser.open(`/social/${provider}/start/?${query}`)
  return { verifier, provider: new URL(answer.headers.get('location') ?? '') }
}

/** The way back from a provider to which the person has agreed. */
export function agree(standIn: ProviderStandIn, attempt: Attempt, person: ProviderPerson, provider = 'acme') {
  return `/social/${provider}/callback/?${standIn.authorize(attempt.provider, person)}`
}

/** The outcome in the address to which a browser is sent. */
export function outcomeOf(answer: Answer): { code: string | null; error: string | null; target: string } {
  const url = new URL(answer.headers.get('location') ?? 'nowhere:/')
  const [code, error] = [url.searchParams.get('code'), url.searchParams.get('error')]
  return { code, error, target: url.origin + url.pathname }
}
