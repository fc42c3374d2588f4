import { randomBytes } from 'node:crypto'
import { post, restCalls } from './rest.ts'
import { createTokenProtocol } from './token-protocol.ts'

/** The paths of Latchkey, with a new `Idempotency-Key` for each refresh. */
export const KEYED = createTokenProtocol(() => ({
  ...restCalls(post),
  refresh: async (http, refresh) => {
    const headers = { 'Idempotency-Key': randomBytes(16).toString('hex') }
    return JSON.parse(
      (await http.call({ method: 'POST', path: '/refresh/', body: { refresh }, headers })).body,
    )
  },
}))
