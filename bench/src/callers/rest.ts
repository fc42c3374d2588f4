import type { HttpClient } from '../http-client.ts'
import { PASSWORD } from './person.ts'
import { createTokenProtocol, type TokenCalls, type Tokens } from './token-protocol.ts'

const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** Sends a body to a path and returns the tokens of the answer. */
export type Post = (http: HttpClient, path: string, body: object) => Promise<Tokens>

/** The paths of Latchkey, which the hand-written route has too. */
export const REST = createTokenProtocol(() => restCalls(post))

/** Makes the calls by REST. */
export function restCalls(send: Post): TokenCalls {
  return {
    login: (http, email) => send(http, '/login/', { email, password: PASSWORD }),
    register: (http, email) =>
      send(http, '/registration/', { email, password1: PASSWORD, password2: PASSWORD, ...NAMES }),
    refresh: (http, refresh) => send(http, '/refresh/', { refresh }),
    readEmail: async (http, access) => JSON.parse(await http.ask('GET', '/user/', undefined, access)).email,
  }
}

/** Sends a body and nothing else. */
export async function post(http: HttpClient, path: string, body: object): Promise<Tokens> {
  return JSON.parse(await http.ask('POST', path, body))
}
