import { PROOF_ALGORITHMS, type RefusalCode } from '@latchkey/contract'
import type { Refusal, WireProof } from '../refusals.ts'

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
  const { status, detail, code, fields, messages, proof } = refusal
  const body = fields ?? { detail, code, messages, ...proof }
  const headers = { ...JSON_HEADERS, ...refusalHeaders(refusal), ...further }
  return new Response(JSON.stringify(body), { status, headers })
}

/** The headers of a refusal, for REST and tRPC. */
export function refusalHeaders(refusal: Refusal): Record<string, string> {
  const { status, code, retryAfterSeconds, proof } = refusal
  return {
    ...(status === 401 && CHALLENGE),
    ...(status === 401 && PROOF_CODES.includes(code) && { 'WWW-Authenticate': challengeProof(code) }),
    ...(proof && { 'WWW-Authenticate': describeProof(refusal.detail, proof) }),
    ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
  }
}

/** The refusals of a DPoP proof, as they are sent. */
export const PROOF_CODES: readonly RefusalCode[] = ['invalid_dpop_proof', 'use_dpop_nonce']

/** The challenges of RFC 9449 section 7.2: clients read both schemes from one header. */
export function challengeProof(code: RefusalCode): string {
  return `${CHALLENGE['WWW-Authenticate']}, DPoP error="${code}", algs="${PROOF_ALGORITHMS.join(' ')}"`
}

/** The challenge of RFC 9470. The sentence is one of the catalogue, so it needs no escaping. */
function describeProof(sentence: string, { acr_values, max_age }: WireProof): string {
  const level = acr_values === undefined ? [] : [`acr_values="${acr_values}"`]
  return [
    'Bearer realm="api", error="insufficient_user_authentication"',
    `error_description="${sentence}"`,
    ...level,
    `max_age=${max_age}`,
  ].join(', ')
}
