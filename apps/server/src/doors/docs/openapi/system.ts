import { PUBLISHED_ALGORITHMS } from '@latchkey/contract'
import { JWKS_CACHE_CONTROL, JWKS_TYPE } from '../../system.ts'
import { addHeaders } from './headers.ts'
import { documentRefusal } from './refusals.ts'
import { describeStatuses } from './responses.ts'
import type { Schemas } from './schemas.ts'
import type { Operation, Paths, Reference, Responses, Schema } from './types.ts'

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
  properties: { keys: { type: 'array', items: { $ref: '#/components/schemas/PublicKey' } } },
}

/** A request whose `Host` or path a proxy may read otherwise. Every operation refuses it. */
const MALFORMED = documentRefusal('parse_error', { parse_error: 'Bad request.' })

/** Documents the health checks and the published keys. */
export function describeSystem({ add }: Schemas): Paths {
  const isFine = answer('It is.', 'application/json', add('Health', OK))
  add('PublicKey', PUBLIC_KEY)
  return {
    '/healthz': {
      get: describe(
        {
          operationId: 'healthz',
          summary: 'Is the process alive?',
          description: 'Asks nothing of the database.',
        },
        { 200: isFine, ...describeStatuses([MALFORMED], null) },
      ),
    },
    '/readyz': {
      get: describe(
        {
          operationId: 'readyz',
          summary: 'Is the database reachable and migrated?',
          description: 'A server that is about to stop is not ready, although it still serves.',
        },
        { 200: isFine, ...describeStatuses([MALFORMED, documentRefusal('unavailable')], null) },
      ),
    },
    '/.well-known/jwks.json': { get: describeKeySet(add('KeySet', KEY_SET)) },
  }
}

function describeKeySet(schema: Reference): Operation {
  const operation = describe(
    {
      operationId: 'jwks',
      summary: 'The keys access tokens are verified with',
      description: 'A JSON Web Key Set (RFC 7517). A next key is published long before it signs.',
    },
    {
      200: answer('The public keys: the active one, the next, and those retired lately.', JWKS_TYPE, schema),
      ...describeStatuses([MALFORMED], null),
    },
  )
  const [response] = Object.values(operation.responses ?? {})
  const headers = { required: true, schema: { type: 'string' as const, const: JWKS_CACHE_CONTROL } }
  if (response && 'description' in response) response.headers = { 'Cache-Control': headers }
  return operation
}

type About = Required<Pick<Operation, 'operationId' | 'summary' | 'description'>>

function describe(about: About, responses: Responses): Operation {
  return {
    ...about,
    tags: ['System'],
    security: [],
    responses: addHeaders(responses, () => ({})),
  }
}

function answer(description: string, type: string, schema: Reference): Responses[string] {
  return { description, content: { [type]: { schema } } }
}
