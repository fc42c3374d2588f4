import { PASSWORD } from './person.ts'
import { createTokenProtocol } from './token-protocol.ts'

const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** The paths of Latchkey, which the hand-written route has too. */
export const REST = createTokenProtocol({
  login: async (http, email) => JSON.parse(await http.ask('POST', '/login/', { email, password: PASSWORD })),
  register: async (http, email) => {
    const form = { email, password1: PASSWORD, password2: PASSWORD, ...NAMES }
    return JSON.parse(await http.ask('POST', '/registration/', form))
  },
  refresh: async (http, refresh) => JSON.parse(await http.ask('POST', '/refresh/', { refresh })),
  readEmail: async (http, access) => JSON.parse(await http.ask('GET', '/user/', undefined, access)).email,
})
