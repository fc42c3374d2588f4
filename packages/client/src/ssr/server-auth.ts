import type { LatchkeyClient } from '../client.ts'
import { keepNodePrivate, type NodeResponse } from './cookies.ts'
import type { ServerAuthOptions } from './options.ts'
import { openCookies, type Place, readCookies } from './place.ts'
import { getSession, type RequestSession, readSession, type SignedInRequest } from './read-session.ts'
import { judgeOrigin, refuseForeignOrigin, type SentRequest } from './same-origin.ts'
import { createShared, type Shared } from './shared.ts'
import { canWait, createHeaderWriters, refreshWhereNeeded, type Visit } from './visit.ts'

/** The sessions of the visitors of an app that renders on a server. */
export interface ServerAuth {
  /**
   * Verifies the access token of a request, without a call.
   *
   * @returns null when no user is signed in, or the token has expired
   * @throws {AccessRefusal} `unavailable` - the public keys could not be fetched, so nothing is known
   */
  getSession(place: Place): Promise<SignedInRequest | null>
  /** As `getSession`, and tells an expired token from none. */
  readSession(place: Place): Promise<RequestSession>
  /**
   * Creates the client of one request, which acts for its user.
   *
   * Where cookies cannot be written, it never refreshes, and refuses to sign in or out.
   */
  clientFor(place: Place): LatchkeyClient
  /**
   * Refreshes the session of a request where its access token expires soon. Call it once, in a middleware.
   *
   * @param response - the answer of Node or Express, which gets the cookies at once
   * @throws {TypeError} the place has no method
   */
  refresh(place: Place, response?: NodeResponse): Promise<Visit>
  /** Answers whether a page of this app sent a request, for a handler without the middleware before it. */
  isSameOrigin(request: SentRequest): boolean
}

/**
 * Creates the sessions of an app. A process needs one: it keeps the public keys and the refreshes of the moment.
 *
 * @throws {RangeError} a number among the options is out of its bounds
 * @throws {TypeError} `baseUrl` or `appUrl` is no URL, or `appUrl` is plain http at another machine than this one
 */
export function createServerAuth(options: ServerAuthOptions): ServerAuth {
  const shared = createShared(options)
  const storageOf = (place: Place) => shared.openStorage(readCookies(place))
  return {
    getSession: (place) => getSession(storageOf(place), shared.verifier),
    readSession: (place) => readSession(storageOf(place), shared.verifier),
    clientFor: (place) => shared.createClient(storageOf(place), place),
    refresh: (place, response) => refresh(shared, place, response),
    isSameOrigin: (request) => judgeOrigin(request, shared.appOrigin) === 'own',
  }
}

async function refresh(shared: Shared, place: Place, response?: NodeResponse): Promise<Visit> {
  if (place.method === undefined) throw new TypeError('`refresh` needs the method of the request.')
  const cookies = openCookies(place, response)
  const storage = shared.openStorage(cookies)
  const client = shared.createClient(storage, place)
  const isPersonal = storage.getItem() !== null
  if (isPersonal && response) keepNodePrivate(response)
  const origin = judgeOrigin(place, shared.appOrigin)
  const isForeign = origin === 'foreign' || (origin === 'unknown' && isPersonal)
  const error = isForeign || canWait(place, storage) ? null : await refreshWhereNeeded(client)
  return {
    refusal: isForeign ? refuseForeignOrigin() : null,
    client,
    error,
    getSession: () => getSession(storage, shared.verifier),
    readSession: () => readSession(storage, shared.verifier),
    ...createHeaderWriters(place, cookies, isPersonal),
  }
}
