import type { LatchkeyClient } from '../client.ts'
import { heed } from '../http/heed.ts'
import { partsOf } from '../operations/parts.ts'
import { createRenewalsByService, type Renewals } from '../session/renewals.ts'
import { createTrust } from './destination.ts'
import { type Outgoing, readOutgoing } from './outgoing.ts'
import { readVerdict } from './refused-token.ts'

/** Options of {@link createFetch}. */
export interface FetchOptions {
  /**
   * Other origins to which the access token is sent: `https://api.example.com`.
   *
   * A URL with a path stands for this path and those below it: `https://example.com/api`.
   */
  trustedOrigins?: string[]
}

/** Answers with the origin of a URL to which the access token may be sent, or null. */
type Trust = (url: string) => string | null

/** A request that carries an access token. */
interface Carried {
  request: Outgoing
  access: string
  /** The renewals for the origin of the request. */
  renewals: Renewals
}

/**
 * Creates a `fetch` that calls as the signed-in user of a client. A program creates it once, beside its client.
 *
 * Requests to `baseUrl` and below, and to `trustedOrigins`, carry the access token. A request to any other URL, or with
 * its own `Authorization` header, goes out unchanged. A request whose token is refused is sent once more with a new
 * token. The 401 is the answer when the body cannot be sent again (a stream), and after a mutation of tRPC.
 *
 * @throws {TypeError} one of the origins is no absolute URL of http or https
 */
export function createFetch(
  client: LatchkeyClient,
  { trustedOrigins = [] }: FetchOptions = {},
): typeof fetch {
  const { baseUrl, session } = client
  const parts = partsOf(client)
  const trust = createTrust({ baseUrl: [baseUrl], trustedOrigins })
  const renewalsOf = createRenewalsByService(session)
  return async (...given) => {
    const request = readOutgoing(parts.fetch, ...given)
    const service = trust(request.url)
    if (service === null || request.headers.authorization !== undefined) return request.send()
    const access = await heed(request.signal, session.accessToken)
    if (access === null) return request.send()
    const renewals = renewalsOf(service)
    return handOn({ request, access, renewals }, await request.send(access), trust)
  }
}

/** Decides what becomes of an answer: it is handed on, or the request is sent once more. */
async function handOn(
  { request, access, renewals }: Carried,
  response: Response,
  trust: Trust,
): Promise<Response> {
  const { status } = response
  // A redirect to another origin takes the token off the request.
  if (response.redirected && trust(response.url) === null) return response
  const isRefusal = status === 401 || status === 207
  if (!isRefusal && status < 500) renewals.note(access, true)
  if (!isRefusal || renewals.areOwn()) return response
  const judge = (answer: Response) => heed(request.signal, () => readVerdict(answer))
  const { isRefused, isTrpc } = await judge(response)
  if (!isRefused) return response
  // A failed refresh leaves the refusal as the answer.
  const renewed = await heed(request.signal, () => renewals.renew(access).catch(() => null))
  // A refused batch of tRPC may have performed some of its calls, and tried a password. Only queries are repeated.
  const mayRepeat = request.isRead || !(isTrpc || status === 207 || /^[^?#]*\/trpc\//.test(request.url))
  const again = renewed !== null && mayRepeat && request.sendAgain(renewed)
  if (!again) return response
  response.body?.cancel().catch(() => {})
  const second = await again
  renewals.note(renewed, !(await judge(second)).isRefused)
  return second
}
