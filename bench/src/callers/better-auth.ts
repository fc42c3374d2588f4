import { readCookies } from '../http-answer.ts'
import { type HttpClient, openHttpClient } from '../http-client.ts'
import { PASSWORD, type Person, type Protocol, requireText } from './person.ts'

const PATH = '/api/auth'

/** The paths of better-auth. Its session is a row and a cookie: a refresh is the call that moves the end of the row. */
export const BETTER_AUTH = createProtocol(false)

/** The same with its plugin `jwt`: a refresh must answer a signed token too. */
export const BETTER_AUTH_JWT = createProtocol(true)

function createProtocol(wantsToken: boolean): Protocol {
  async function open(port: number, email: string, enter: typeof signIn): Promise<Person> {
    const http = await openHttpClient(port)
    // A browser sends the origin, and better-auth asks for it with every cookie.
    const origin = { Origin: `http://localhost:${port}` }
    const headers = { ...origin, Cookie: await enter(http, email, origin) }
    const path = `${PATH}/get-session`
    return {
      login: async () => {
        await signIn(http, email, origin)
      },
      refresh: async () => {
        const answer = await http.call({ method: 'POST', path, body: {}, headers })
        requireOwner(answer.body, email)
        if (readCookies(answer) === '') throw new Error('A refresh of better-auth sets no cookie.')
        if (wantsToken && !/\r\nset-auth-jwt: \w/i.test(answer.head))
          throw new Error('An answer has no token.')
      },
      readUser: async () => requireOwner((await http.call({ method: 'GET', path, headers })).body, email),
      register: async (other) => {
        await signUp(http, other, origin)
      },
      close: () => http.close(),
    }
  }
  return {
    signUp: (port, email) => open(port, email, signUp),
    signIn: (port, email) => open(port, email, signIn),
  }
}

function signIn(http: HttpClient, email: string, headers: Record<string, string>): Promise<string> {
  return enter(http, { path: 'sign-in/email', body: { email, password: PASSWORD }, headers })
}

function signUp(http: HttpClient, email: string, headers: Record<string, string>): Promise<string> {
  const body = { email, password: PASSWORD, name: 'Ada Lovelace' }
  return enter(http, { path: 'sign-up/email', body, headers })
}

/** Opens a session and returns its cookies. */
async function enter(
  http: HttpClient,
  { path, ...rest }: { path: string; body: object; headers: Record<string, string> },
): Promise<string> {
  const answer = await http.call({ method: 'POST', path: `${PATH}/${path}`, ...rest })
  return requireText(readCookies(answer), 'cookie')
}

function requireOwner(body: string, email: string): void {
  const owner = JSON.parse(body)?.user?.email
  if (owner !== email) throw new Error(`better-auth took ${email} for ${owner}.`)
}
