import type { HttpClient } from '../http-client.ts'
import { PASSWORD } from './person.ts'
import { createTokenProtocol, type Tokens } from './token-protocol.ts'

const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** The procedures of Latchkey under `/trpc`, one call per request. */
export const TRPC = createTokenProtocol(() => ({
  login: (http, email) => mutate(http, 'auth.login', { email, password: PASSWORD }),
  register: (http, email) =>
    mutate(http, 'registration.register', { email, password1: PASSWORD, password2: PASSWORD, ...NAMES }),
  refresh: (http, refresh) => mutate(http, 'auth.refresh', { refresh }),
  readEmail: async (http, access) =>
    JSON.parse(await http.ask('GET', '/trpc/user.get', undefined, access)).result.data.email,
}))

async function mutate(http: HttpClient, procedure: string, input: object): Promise<Tokens> {
  return JSON.parse(await http.ask('POST', `/trpc/${procedure}`, input)).result.data
}
