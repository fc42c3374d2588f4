/** A `fetch` that keeps and sends cookies as a browser does, for requests with credentials. */
export interface CookieJar {
  cookies: Map<string, string>
  fetch: typeof fetch
}

/**
 * Creates an empty cookie jar.
 *
 * @param network - sends the requests; the global `fetch` unless given
 */
export function createCookieJar(network: typeof fetch = fetch): CookieJar {
  const cookies = new Map<string, string>()

  async function send(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    if (init?.credentials !== 'include') return network(input, init)
    const headers = new Headers(init.headers)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie) headers.set('cookie', cookie)
    const response = await network(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) keep(line)
    return response
  }

  function keep(line: string): void {
    const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=')
    if (/max-age=0/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }

  return { cookies, fetch: send }
}
