import { json, type ModelServer, refuse } from './model-server.ts'

/** A browser whose tabs share the refresh cookie of a server. */
export interface CookieBrowser {
  /** The refresh token in the cookie, which no script can read. */
  cookie: string | null
  fetch: typeof fetch
}

/** Creates a browser for a server with `REFRESH_TOKEN_AS_COOKIE=true`. */
export function createCookieBrowser(server: Pick<ModelServer, 'fetch'>): CookieBrowser {
  const browser: CookieBrowser = { cookie: null, fetch: send }

  async function send(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    const withCookies = init?.credentials === 'include'
    const path = new URL(String(input)).pathname
    const readsCookie = path === '/refresh/' || path === '/logout/'
    const sent = readsCookie && withCookies ? browser.cookie : null
    if (readsCookie && sent === null) return refuse(401, 'not_authenticated', 'There is no cookie.')
    const body = { ...JSON.parse(String(init?.body ?? '{}')), ...(sent && { refresh: sent }) }
    const answer = await server.fetch(input, { ...init, body: JSON.stringify(body) })
    const text = await answer.clone().text()
    if (!text.startsWith('{')) return answer
    const { refresh, ...rest } = JSON.parse(text)
    if (refresh && withCookies) browser.cookie = refresh
    if (path === '/logout/' && answer.ok) browser.cookie = null
    return json(rest, { status: answer.status, headers: answer.headers })
  }

  return browser
}
