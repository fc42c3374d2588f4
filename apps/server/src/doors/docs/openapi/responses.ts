import type { RefusalCode } from '@latchkey/contract'
import { OPTIONAL_SESSION } from '../../http/prefer.ts'
import type { Endpoint } from '../../rest/endpoints.ts'
import { mayBeEmpty } from '../../trpc/answer.ts'
import { RETRY_AFTER_SCHEMA } from './headers.ts'
import { type DocumentedRefusal, type DocumentedSettings, documentRefusal, listRefusals } from './refusals.ts'
import type { Operation, Reference, Responses, Schema } from './types.ts'

const JSON_TYPE = 'application/json'

const DESCRIPTIONS: Record<number, string> = {
  400: 'Refused input.',
  401: 'The caller did not prove who it is.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or it belongs to somebody else.',
  413: 'The request body is too large.',
  415: 'The request body is of a kind that is not read.',
  422: 'The request is well-formed, and cannot be done as it is.',
  429: 'Too many requests.',
  500: 'A fault of the server; the log has the same X-Request-Id.',
  503: 'The server or its database is busy; try again.',
}

/** Stands beside the field errors of most operations, so it is kept once. */
export const PARSE_ERROR_SCHEMA: Schema = {
  ...describeCodes(['parse_error']),
  example: documentRefusal('parse_error').example,
}
const PARSE_ERROR = { $ref: '#/components/schemas/ParseError' }

export const PAGE_SCHEMA: Schema = { type: 'string', pattern: '^<!doctype html>' }
export const PAGE = { 'text/html': { schema: { $ref: '#/components/schemas/Page' } } }

/** The refusals that do not depend on the operation. Each operation has them under `default`. */
const GENERAL: RefusalCode[] = [
  'request_too_large',
  'unsupported_media_type',
  'throttled',
  'error',
  'unavailable',
]

/** Finds the schema of an answer with a body; undefined when the answer has none. */
export function findAnswerSchema(generated: Operation): Schema | undefined {
  const response = generated.responses?.['200']
  return response && 'content' in response ? response.content?.[JSON_TYPE]?.schema : undefined
}

/** Documents the answer of success. It is empty for an operation that always refuses. */
export function describeSuccess(endpoint: Endpoint, findSchema: () => Schema | undefined): Responses {
  const { status, meta } = endpoint
  if (meta.unreachable) return {}
  if (status === 204) return { 204: { description: 'Done; there is no body.' } }
  if (status === 302 || status === 303) return { [status]: { description: 'Done; leads on to a page.' } }
  if (meta.page === 'link') {
    return {
      200: { description: 'A page whose button does it.', content: PAGE },
      302: { description: 'Leads on to a page of an app, which takes the key and does it.' },
    }
  }
  const schema = findSchema()
  const content = schema && { [JSON_TYPE]: { schema } }
  return {
    [status]: { description: status === 201 ? 'Made.' : 'Done.', content },
    ...(mayBeEmpty(meta) && {
      204: {
        description: `There is no cookie, and the caller sent \`Prefer: ${OPTIONAL_SESSION}\`.`,
        headers: { 'Preference-Applied': { required: true, schema: { const: OPTIONAL_SESSION } } },
      },
    }),
    ...(meta.page === 'form' && {
      303: { description: 'Done, and a browser form asked: leads on to a page.' },
    }),
  }
}

/**
 * Documents the refusals of an operation: its own by status, and those that every operation of its kind gives under
 * `default`. `fields` is null when no refusal names a field.
 */
export function describeRefusals(
  endpoint: Endpoint,
  options: { fields: Reference | null; settings: DocumentedSettings },
): Responses {
  const refusals = listRefusals(endpoint, options.settings)
  const statuses = new Set(refusals.filter((one) => !isGeneral(one)).map(({ status }) => status))
  // A status that is described hides what stands under `default`, so a general refusal of that status stands there too.
  const own = refusals.filter((one) => !isGeneral(one) || statuses.has(one.status))
  const general = refusals.filter(isGeneral)
  const responses = { ...describeStatuses(own, options.fields), default: describeGeneral(general) }
  if (endpoint.meta.page === undefined) return responses
  return Object.fromEntries(Object.entries(responses).map(([status, one]) => [status, withPage(one)]))
}

/** Documents refusals by status, with field errors. */
export function describeStatuses(refusals: DocumentedRefusal[], fields: Reference | null): Responses {
  const byStatus = Map.groupBy(refusals, (refusal) => refusal.status)
  if (fields && !byStatus.has(400)) byStatus.set(400, [])
  const responses = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, same]) => [status, describeStatus(status, same, status === 400 ? fields : null)])
  return Object.fromEntries(responses)
}

/** The statuses and sentences of general refusals are those of the table of codes. */
function describeGeneral(refusals: DocumentedRefusal[]) {
  const statuses = [...new Set(refusals.map(({ status }) => status))].sort().join(', ')
  return {
    description: `What any operation may answer: ${statuses}.`,
    headers: { 'Retry-After': { description: 'Seconds, with 429 and 503.', schema: RETRY_AFTER_SCHEMA } },
    content: {
      [JSON_TYPE]: { schema: describeCodes(listCodes(refusals)) },
    },
  }
}

function isGeneral({ code }: DocumentedRefusal): boolean {
  return GENERAL.includes(code)
}

/** Adds that a person gets a page instead, except with 415: every form has a content type that is read. */
export function withPage(response: Responses[string]): Responses[string] {
  return 'content' in response ? { ...response, content: { ...response.content, ...PAGE } } : response
}

function describeStatus(status: number, refusals: DocumentedRefusal[], fields: Reference | null) {
  const codes = listCodes(refusals)
  const refusal = codes.join() === 'parse_error' ? PARSE_ERROR : describeCodes(codes)
  const schema = fields && refusals.length > 0 ? { oneOf: [fields, refusal] } : (fields ?? refusal)
  return {
    description: DESCRIPTIONS[status] ?? 'The request was refused.',
    content: { [JSON_TYPE]: { schema, ...(refusal !== PARSE_ERROR && describeExamples(refusals, fields)) } },
  }
}

/** Gives the answers word for word. The schemas of field errors and of a parse error have their own examples. */
function describeExamples(refusals: DocumentedRefusal[], fields: Reference | null): object {
  const [first, ...further] = refusals
  if (!first) return {}
  if (!fields && further.length === 0) return { example: first.example }
  return { examples: Object.fromEntries(refusals.map(({ code, example }) => [code, { value: example }])) }
}

function listCodes(refusals: DocumentedRefusal[]): string[] {
  return [...new Set(refusals.map(({ example }) => example.code))]
}

/** A refusal with one of some codes. `Refusal` requires the code. */
function describeCodes(codes: string[]): Schema {
  return { allOf: [{ $ref: '#/components/schemas/Refusal' }, { properties: { code: { enum: codes } } }] }
}
