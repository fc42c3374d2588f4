import { type HttpClient, openHttpClient } from '../http-client.ts'
import { type Person, type Protocol, requireText } from './person.ts'

/** What a sign-in, a sign-up and a refresh answer. */
export interface Tokens {
  access: string
  refresh: string
}

/** The calls of a server that hands out an access token and a refresh token. */
export interface TokenCalls {
  login(http: HttpClient, email: string): Promise<Tokens>
  register(http: HttpClient, email: string): Promise<Tokens>
  refresh(http: HttpClient, refresh: string): Promise<Tokens>
  /** Reads the address of the owner of an access token. */
  readEmail(http: HttpClient, access: string): Promise<string>
}

/**
 * Makes the protocol of a server with such calls.
 *
 * @param createCalls - makes the calls of one person, who may have a key
 */
export function createTokenProtocol(createCalls: () => TokenCalls): Protocol {
  async function open(port: number, email: string, enter: 'login' | 'register'): Promise<Person> {
    const http = await openHttpClient(port)
    const calls = createCalls()
    let tokens = check(await calls[enter](http, email))
    return {
      login: async () => {
        check(await calls.login(http, email))
      },
      refresh: async () => {
        tokens = check(await calls.refresh(http, tokens.refresh))
      },
      readUser: async () => {
        const read = await calls.readEmail(http, tokens.access)
        if (read !== email) throw new Error(`The server took ${email} for ${read}.`)
      },
      register: async (other) => {
        check(await calls.register(http, other))
      },
      close: () => http.close(),
    }
  }
  return {
    signUp: (port, email) => open(port, email, 'register'),
    signIn: (port, email) => open(port, email, 'login'),
  }
}

function check({ access, refresh }: Tokens): Tokens {
  return { access: requireText(access, 'access token'), refresh: requireText(refresh, 'refresh token') }
}
