import { heed } from '../http/heed.ts'
import { type Outgoing, readOutgoing } from '../http/outgoing.ts'
import { readVerdict } from '../http/refused-token.ts'
import type { Renewals } from './renewals.ts'
import type { InternalSession } from './session.ts'

interface SessionFetchOptions {
  session: Pick<InternalSession, 'accessToken'>
  renewals: Renewals
  fetch: typeof fetch
  /** Answers with the origin of a URL to which the access token may be sent, or null. */
  trust: (url: string) => string | null
}

/** A request that carries an access token. */
interface Carried {
  request: Outgoing
  access: string
  /** The origin whose refusals are remembered. */
  service: string
}

/**
 * Creates a `fetch` that sends the access token to trusted URLs only.
 *
 * To any other URL the request goes out unchanged. A request whose token was refused is sent once more with a new
 * token, unless its body cannot be sent again or tRPC may have performed a part of it.
 */
export function createSessionFetch(options: SessionFetchOptions): typeof fetch {
  return async (...given) => {
    const request = readOutgoing(options.fetch, ...given)
    const service = options.trust(request.url)
    if (service === null || request.headers.authorization !== undefined) return request.send()
    const access = await heed(request.signal, options.session.accessToken)
    if (access === null) return request.send()
    return handOn(options, { request, access, service }, await request.send(access))
  }
}

/** Decides what becomes of an answer: it is handed on, or the request is sent once more. */
async function handOn(
  { renewals, trust }: SessionFetchOptions,
  { request, access, service }: Carried,
  response: Response,
): Promise<Response> {
  const { status } = response
  // A redirect to another origin takes the token off the request.
  if (response.redirected && trust(response.url) === null) return response
  const isRefusal = status === 401 || status === 207
  if (!isRefusal && status < 500) renewals.note(service, access, true)
  if (!isRefusal || renewals.areOwn(service)) return response
  const judge = (answer: Response) => heed(request.signal, () => readVerdict(answer))
  const { isRefused, isTrpc } = await judge(response)
  if (!isRefused) return response
  // A failed refresh leaves the refusal as the answer.
  const renewed = await heed(request.signal, () => renewals.renew(service, access).catch(() => null))
  // A refused batch of tRPC may have performed some of its calls, and tried a password. Only queries are repeated.
  const mayRepeat = request.isRead || !(isTrpc || status === 207 || /^[^?#]*\/trpc\//.test(request.url))
  const again = renewed !== null && mayRepeat && request.sendAgain(renewed)
  if (!again) return response
  response.body?.cancel().catch(() => {})
  const second = await again
  renewals.note(service, renewed, !(await judge(second)).isRefused)
  return second
}
