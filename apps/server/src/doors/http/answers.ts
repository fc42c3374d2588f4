import type { Refusal } from '../refusals.ts'

export const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="api"' }

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

/** Answers with JSON that no cache may keep. */
export function answerJson(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: JSON_HEADERS })
}

/** Answers with success and an empty body. */
export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
}

/** Answers with a refusal in the shape of the contract: the failing fields, or a sentence and its code. */
export function answerRefusal(refusal: Refusal, further: Record<string, string> = {}): Response {
  const { status, detail, code, fields, messages } = refusal
  const body = fields ?? { detail, code, messages }
  const headers = { ...JSON_HEADERS, ...refusalHeaders(refusal), ...further }
  return new Response(JSON.stringify(body), { status, headers })
}

/** The headers of a refusal, for REST and tRPC. */
export function refusalHeaders(refusal: Refusal): Record<string, string> {
  const { status, retryAfterSeconds } = refusal
  return {
    ...(status === 401 && CHALLENGE),
    ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
  }
}
