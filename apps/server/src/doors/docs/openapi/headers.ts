import { type ContractSettings, REFRESH_COOKIE, RESET_COOKIE } from '@latchkey/contract'
import { CHALLENGE, challengeProof, PROOF_CODES } from '../../http/answers.ts'
import { PAGE_VARY } from '../../pages/page-vary.ts'
import type { Endpoint } from '../../rest/endpoints.ts'
import type { Headers, Responses } from './types.ts'

/**
 * The headers of every answer, unless an operation describes its own. The document says it once, in `x-common-headers`:
 * at each response they would be an eighth of the document.
 */
export const COMMON_HEADERS: Headers = {
  'X-Request-Id': {
    description: 'Names the request in the log; your own, when you sent a short and plain one.',
    required: true,
    schema: { type: 'string', pattern: '^[\\w-]{1,64}$' },
  },
  'Cache-Control': { required: true, schema: { type: 'string', const: 'no-store' } },
}

/** A header of every answer to a request with a `DPoP` header, whatever the server does with proofs. */
export const NONCE_HEADER: Headers = {
  'DPoP-Nonce': {
    description: 'With a `DPoP` header: the nonce for the next proof. It works for two to four minutes.',
    schema: { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+$' },
  },
}

/** The further headers of every page, said once in `x-page-headers` for the same reason. */
export const PAGE_HEADERS: Headers = {
  'Content-Language': { required: true, schema: { type: 'string', minLength: 2 } },
  Vary: { required: true, schema: { type: 'string', const: PAGE_VARY } },
}

export const RETRY_AFTER_SCHEMA = { type: 'integer', minimum: 1 } as const

/** The headers of answers with some statuses. `components` keeps them by name. */
export const NAMED_HEADERS: Headers = {
  'Retry-After': { description: 'Seconds.', required: true, schema: RETRY_AFTER_SCHEMA },
  'WWW-Authenticate': {
    required: true,
    schema: { type: 'string', const: CHALLENGE['WWW-Authenticate'] },
  },
  ProofChallenge: {
    description: 'The second part stands in a refusal of a DPoP proof alone: RFC 9449.',
    required: true,
    schema: {
      enum: [CHALLENGE['WWW-Authenticate'], ...PROOF_CODES.map(challengeProof)],
    },
  },
  Location: {
    description: 'Where a browser goes on.',
    required: true,
    schema: { type: 'string', minLength: 1 },
  },
}

/** The challenge of RFC 9470. Other refusals of the status have no such header. */
export const PROOF_HEADER: Headers = {
  'WWW-Authenticate': {
    description: 'With `insufficient_user_authentication`: what has to be proven.',
    schema: { type: 'string', pattern: '^Bearer realm="api", error="insufficient_user_authentication", ' },
  },
}

/** Refers to {@link NAMED_HEADERS}: the challenges of an operation that looks at proofs of a key. */
export const DPOP_CHALLENGE: Headers = { 'WWW-Authenticate': { $ref: '#/components/headers/ProofChallenge' } }

const BY_STATUS: Record<string, string> = {
  302: 'Location',
  303: 'Location',
  401: 'WWW-Authenticate',
  429: 'Retry-After',
  503: 'Retry-After',
}

type CookieSettings = Pick<ContractSettings, 'cookieMode' | 'cookiePrefix'>

/** The cookie of an opened reset link. */
export function describeResetCookie({ cookiePrefix }: Pick<CookieSettings, 'cookiePrefix'>): Headers {
  return cookies({ patterns: [given(cookiePrefix + RESET_COOKIE)] })
}

/** The cookie of an attempt to sign in with a provider. It is set when an attempt begins, and removed when it ends. */
export function describeAttemptCookie({ isRequired }: { isRequired: boolean }): Headers {
  return cookies({ patterns: ['(?:__Host-)?lk-[\\w-]{8}=[\\w-]*; Max-Age=\\d+; '], optional: !isRequired })
}

/** Adds to each answer its own headers. `findCookies` returns the `Set-Cookie` of a status. */
export function addHeaders(responses: Responses, findCookies: (status: number) => Headers): Responses {
  const entries = Object.entries(responses).map(([status, response]) => {
    const given = 'headers' in response ? response.headers : {}
    const headers = { ...given, ...refer(BY_STATUS[status]), ...findCookies(Number(status)) }
    return [status, Object.keys(headers).length > 0 ? { ...response, headers } : response] as const
  })
  return Object.fromEntries(entries)
}

function refer(name: string | undefined): Headers {
  return name ? { [name]: { $ref: `#/components/headers/${name}` } } : {}
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
    // A change of password that ends no session gives no new token, and neither does a first factor before the second one.
    // The refresh of a session that has a successor leaves the cookie of the successor alone.
    const optional =
      refresh === 'may set' ||
      refresh === 'exchanges' ||
      (patterns.length === 1 && refresh !== undefined && meta.asksFactor)
    return patterns.length > 0 ? cookies({ patterns, optional }) : {}
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
