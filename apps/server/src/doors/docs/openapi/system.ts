import { PUBLISHED_ALGORITHMS } from '@latchkey/contract'
import { JWKS_CACHE_CONTROL, JWKS_TYPE } from '../../system.ts'
import { addHeaders } from './headers.ts'
import { documentRefusal } from './refusals.ts'
import { describeStatuses } from './responses.ts'
import type { Operation, Paths, Responses, Schema } from './types.ts'

const OK: Schema = {
  type: 'object',
  required: ['status'],
  additionalProperties: false,
  properties: { status: { type: 'string', const: 'ok' } },
}

const text: Schema = { type: 'string', minLength: 1 }

/** RFC 7517 section 4. The further members of a key depend on its `kty`. */
const PUBLIC_KEY: Schema = {
  type: 'object',
  required: ['kty', 'kid', 'alg', 'use'],
  additionalProperties: false,
  properties: {
    kty: { type: 'string', enum: ['EC', 'OKP', 'RSA'] },
    kid: text,
    alg: { type: 'string', enum: [...PUBLISHED_ALGORITHMS] },
    use: { type: 'string', const: 'sig' },
    crv: text,
    x: text,
    y: text,
    n: text,
    e: text,
  },
}

const KEY_SET: Schema = {
  type: 'object',
  required: ['keys'],
  additionalProperties: false,
  properties: { keys: { type: 'array', items: PUBLIC_KEY } },
}

/** Documents the health checks and the published keys. */
export function describeSystem(): Paths {
  return {
    '/healthz': {
      get: describe('healthz', 'Is the process alive?', { 200: answer('It is.', 'application/json', OK) }),
    },
    '/readyz': {
      get: describe('readyz', 'Is the database reachable and migrated?', {
        200: answer('It is.', 'application/json', OK),
        ...describeStatuses([documentRefusal('unavailable')], null),
      }),
    },
    '/.well-known/jwks.json': { get: describeKeySet() },
  }
}

function describeKeySet(): Operation {
  const operation = describe('jwks', 'The keys access tokens are verified with', {
    200: answer('The public keys: the active one, the next, and those retired lately.', JWKS_TYPE, KEY_SET),
  })
  const [response] = Object.values(operation.responses ?? {})
  const headers = { required: true, schema: { type: 'string' as const, const: JWKS_CACHE_CONTROL } }
  if (response && 'headers' in response) response.headers = { ...response.headers, 'Cache-Control': headers }
  return operation
}

function describe(operationId: string, summary: string, responses: Responses): Operation {
  return {
    operationId,
    summary,
    tags: ['System'],
    security: [],
    responses: addHeaders(responses, () => ({})),
  }
}

function answer(description: string, type: string, schema: Schema): Responses[string] {
  return { description, content: { [type]: { schema } } }
}
