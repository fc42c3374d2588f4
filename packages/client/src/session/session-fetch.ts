import { heed } from '../http/heed.ts'
import { type Outgoing, readOutgoing } from '../http/outgoing.ts'
import { readVerdict, type Verdict } from '../http/refused-token.ts'
import type { Renewals } from './renewals.ts'
import type { InternalSession } from './session.ts'

/** The beginning of a refusal comes with its headers. */
const REFUSAL_MILLISECONDS = 1_000
/** A stream of answers is followed for this long. */
const STREAM_MILLISECONDS = 60_000

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
    if (service === null || request.header('authorization') !== null) return request.send()
    const access = await heed(request.signal, options.session.accessToken)
    if (access === null) return request.send()
    return handOn(options, { request, access, service }, await request.send(access))
  }
}

/** Decides what becomes of an answer: it is handed on, or the request is sent once more. */
async function handOn(options: SessionFetchOptions, carried: Carried, response: Response): Promise<Response> {
  const { renewals, trust } = options
  const { request, access, service } = carried
  // A redirect to another origin takes the token off the request.
  if (response.redirected && trust(response.url) === null) return response
  if (response.status !== 401 && response.status !== 207) {
    if (response.ok && asksForStream(request)) void follow(options, carried, response)
    else if (response.status < 500) renewals.note(service, access, true)
    return response
  }
  if (renewals.areOwn(service)) return response
  const judge = (answer: Response) => heed(request.signal, () => readVerdict(answer, REFUSAL_MILLISECONDS))
  const verdict = await judge(response)
  if (!verdict.isRefused) return response
  const renewed = await heed(request.signal, () => renew(options, carried))
  const again = renewed !== null && mayRepeat(request, response, verdict) && request.sendAgain(renewed)
  if (!again) return response
  response.body?.cancel().catch(() => {})
  const second = await again
  renewals.note(service, renewed, !(await judge(second)).isRefused)
  return second
}

/** A failed refresh leaves the refusal as the answer. */
function renew({ renewals }: SessionFetchOptions, { service, access }: Carried): Promise<string | null> {
  return renewals.renew(service, access).catch(() => null)
}

/** Renews the token for later calls, when a call in a streamed answer was refused: its other calls are under way. */
async function follow(options: SessionFetchOptions, carried: Carried, response: Response): Promise<void> {
  const { isRefused } = await readVerdict(response, STREAM_MILLISECONDS)
  if (isRefused) await renew(options, carried)
  else options.renewals.note(carried.service, carried.access, true)
}

function asksForStream({ header }: Outgoing): boolean {
  return `${header('trpc-accept')} ${header('accept')}`.includes('application/jsonl')
}

/**
 * Answers whether a request that was refused may be sent again.
 *
 * A refused batch of tRPC may have performed some of its calls, and tried a password. So only its queries are repeated.
 */
function mayRepeat({ method, url }: Outgoing, { status }: Response, { isTrpc }: Verdict): boolean {
  return /^(get|head)$/i.test(method) || (status === 401 && !isTrpc && !/^[^?#]*\/trpc\//.test(url))
}
