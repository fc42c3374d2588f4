import type { Endpoint } from '../rest/endpoints.ts'
import { type DocumentedRefusal, listRefusals, takesBody } from './refusals.ts'
import type { Responses, Schema } from './types.ts'

const JSON_TYPE = 'application/json'

const DESCRIPTIONS: Record<number, string> = {
  400: 'The input was refused.',
  401: 'The caller did not prove who it is.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or it belongs to somebody else.',
  413: 'The request body is too large.',
  415: 'The request body is of a kind that is not read.',
  429: 'Too many requests.',
  500: 'A fault of the server; the log has the same X-Request-Id.',
  503: 'The server or its database is busy; try again.',
}

const HEADERS: Record<number, object> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string', const: 'Bearer realm="api"' } } },
  429: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
  503: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
}

/** A page for people. */
export const PAGE = { 'text/html': { schema: { type: 'string' as const } } }

/** The body of every refusal that is not about fields. */
export const REFUSAL_SCHEMA: Schema = {
  type: 'object',
  required: ['detail', 'code'],
  properties: {
    detail: { type: 'string', description: 'A sentence for people.' },
    code: { type: 'string', description: 'A word for programs.' },
    messages: {
      type: 'array',
      description: 'Why a bearer token was refused.',
      items: {
        type: 'object',
        properties: {
          token_class: { type: 'string' },
          token_type: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
}

/**
 * Documents what an operation refuses, by status.
 *
 * @param fieldNames - the fields of its body or its query string, each of which may be refused
 */
export function describeRefusals(endpoint: Endpoint, fieldNames: string[]): Responses {
  const byStatus = Map.groupBy(listRefusals(endpoint), (refusal) => refusal.status)
  if (fieldNames.length > 0 && !byStatus.has(400)) byStatus.set(400, [])
  const responses = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, refusals]) => {
      const fields = status === 400 && (takesBody(endpoint) || fieldNames.length > 0) ? fieldNames : null
      const page = mayBePage(endpoint, status) ? PAGE : null
      return [status, withPage(describeStatus(status, refusals, fields), page)] as const
    })
  return Object.fromEntries(responses)
}

/** A browser is shown a page where a link does nothing, and the form where it was refused. */
function mayBePage({ meta }: Endpoint, status: number): boolean {
  return meta.page === 'link' ? status === 404 : meta.page === 'form' && (status === 400 || status === 401)
}

function withPage<Answer extends { content: object }>(answer: Answer, page: typeof PAGE | null): Answer {
  return page ? { ...answer, content: { ...answer.content, ...page } } : answer
}

function describeStatus(status: number, refusals: DocumentedRefusal[], fieldNames: string[] | null) {
  const refusal = { $ref: '#/components/schemas/Refusal' }
  const examples = Object.fromEntries(refusals.map(({ code, example }) => [code, { value: example }]))
  if (fieldNames?.[0]) {
    Object.assign(examples, { field_errors: { value: { [fieldNames[0]]: ['This field is required.'] } } })
  }
  return {
    description: DESCRIPTIONS[status] ?? 'The request was refused.',
    ...(HEADERS[status] && { headers: HEADERS[status] }),
    content: {
      [JSON_TYPE]: {
        schema: fieldNames ? { oneOf: [describeFieldErrors(fieldNames), refusal] } : refusal,
        examples,
      },
    },
  }
}

/** One key a failing field, an array of sentences each; across fields under `non_field_errors`. */
function describeFieldErrors(fieldNames: string[]): Schema {
  const sentences = { type: 'array' as const, items: { type: 'string' as const } }
  const names = [...fieldNames, 'non_field_errors']
  return {
    title: 'Field errors',
    type: 'object',
    minProperties: 1,
    properties: Object.fromEntries(names.map((name) => [name, sentences])),
    additionalProperties: false,
  }
}
