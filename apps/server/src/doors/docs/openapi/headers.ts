import { type ContractSettings, REFRESH_COOKIE, RESET_COOKIE } from '@latchkey/contract'
import { CHALLENGE } from '../../http/answers.ts'
import type { Endpoint } from '../../rest/endpoints.ts'
import type { Headers, Responses } from './types.ts'

export const COMMON_HEADERS: Headers = {
  'X-Request-Id': {
    description: 'Names the request in the log; your own, when you sent a short and plain one.',
    required: true,
    schema: { type: 'string', pattern: '^[\\w-]{1,64}$' },
  },
  'Cache-Control': { required: true, schema: { type: 'string', const: 'no-store' } },
}

const RETRY_AFTER: Headers = {
  'Retry-After': { description: 'Seconds.', required: true, schema: { type: 'integer', minimum: 1 } },
}

const BY_STATUS: Record<string, Headers> = {
  302: location(),
  303: location(),
  401: {
    'WWW-Authenticate': {
      required: true,
      schema: { type: 'string', const: CHALLENGE['WWW-Authenticate'] },
    },
  },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
}

function location(): Headers {
  return { Location: { required: true, schema: { type: 'string', minLength: 1 } } }
}

type CookieSettings = Pick<ContractSettings, 'cookieMode' | 'cookiePrefix'>

/** The cookie of an opened reset link. */
export function describeResetCookie({ cookiePrefix }: Pick<CookieSettings, 'cookiePrefix'>): Headers {
  return cookies({ patterns: [given(cookiePrefix + RESET_COOKIE)] })
}

/** Adds to each answer its headers. `findCookies` returns the `Set-Cookie` of a status. */
export function addHeaders(responses: Responses, findCookies: (status: number) => Headers): Responses {
  const entries = Object.entries(responses).map(([status, response]) => {
    const headers = { ...BY_STATUS[status], ...findCookies(Number(status)), ...references() }
    return [status, { ...response, headers }] as const
  })
  return Object.fromEntries(entries)
}

function references(): Headers {
  const names = Object.keys(COMMON_HEADERS)
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

/** Finds the cookies that an operation sets or removes with a status. */
export function describeCookies(
  { meta }: Endpoint,
  { cookieMode, cookiePrefix }: CookieSettings,
): (status: number) => Headers {
  const refresh = cookieMode ? meta.refreshCookie : undefined
  const [refreshName, resetName] = [cookiePrefix + REFRESH_COOKIE, cookiePrefix + RESET_COOKIE]
  return (status) => {
    const patterns: string[] = []
    const isDone = status < 400
    if (isDone && meta.access === 'cookie') patterns.push(removed(resetName))
    if (isDone && status !== 204 && refresh && meta.givesTokens) patterns.push(given(refreshName))
    // Signing out removes the cookie with every answer, except when another site's page asks.
    const isRemoved = refresh === 'removes' && (isDone || (meta.access === 'logout' && status !== 403))
    if (isRemoved) patterns.push(removed(refreshName))
    // A change of password that ends no session gives no new token.
    return patterns.length > 0 ? cookies({ patterns, optional: refresh === 'may set' }) : {}
  }
}

function given(name: string): string {
  return `${name}=[\\w.-]+; Max-Age=[1-9]\\d*; `
}

function removed(name: string): string {
  return `${name}=; Max-Age=0; `
}

function cookies({ patterns, optional }: { patterns: string[]; optional?: boolean }): Headers {
  const description = patterns.length > 1 ? 'Sent once for each cookie.' : undefined
  const schema = { type: 'string' as const, pattern: `^(?:${patterns.join('|')})` }
  return { 'Set-Cookie': { ...(description && { description }), required: !optional, schema } }
}
