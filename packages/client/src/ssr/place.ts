import { type Caller, type RequestHeaders, readHeader } from './caller.ts'
import {
  type Cookies,
  createRequestCookies,
  type NodeResponse,
  type OpenCookies,
  putSetCookies,
  watchCookies,
} from './cookies.ts'

/** A request of the web, of Node, of Express, or of a framework like them. */
export interface PlainRequest extends Caller {
  url?: string | undefined
  method?: string | undefined
  headers: RequestHeaders
}

/**
 * The cookies and the headers of one request, in a framework that hands them out apart:
 * `{ cookies: await cookies(), headers: await headers() }` in Next.js.
 */
export interface FrameworkRequest extends Caller {
  cookies: Cookies
  method?: string | undefined
}

/** A place where code runs for one request. Cookies of a {@link PlainRequest} can only be read. */
export type Place = PlainRequest | FrameworkRequest

/** Reads the cookies of a place. Those of a plain request have no `set`. */
export function readCookies(place: Place): Cookies {
  if (isFrameworkRequest(place)) return place.cookies
  const { get } = createRequestCookies(readHeader(place.headers, 'cookie'))
  return { get }
}

/**
 * Opens the cookies of a place for writing.
 *
 * @param response - the answer of Node, which gets each cookie at once
 */
export function openCookies(place: Place, response?: NodeResponse): OpenCookies {
  const header = readHeader(place.headers, 'cookie')
  if (isFrameworkRequest(place)) return watchCookies(place.cookies, header)
  const put = () => {
    if (response) putSetCookies(response, cookies.setCookies())
  }
  const cookies = createRequestCookies(header, put, () => response?.headersSent === true)
  return cookies
}

/** A request of Next.js has `cookies` too, but what is set there reaches no browser. */
function isFrameworkRequest(place: Place): place is FrameworkRequest {
  const isPlain = 'url' in place && typeof place.url === 'string'
  return !isPlain && 'cookies' in place && typeof place.cookies.get === 'function'
}
