import type { Endpoint } from '../../rest/endpoints.ts'
import { mayBeEmpty } from '../../trpc/answer.ts'
import { type DocumentedRefusal, type DocumentedSettings, listRefusals } from './refusals.ts'
import type { Operation, Responses, Schema } from './types.ts'

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

export const PAGE = { 'text/html': { schema: { type: 'string' as const, pattern: '^<!doctype html>' } } }

export interface DocumentedFields {
  names: string[]
  example: Record<string, string[]>
}

/** Documents the answer of success. It is empty for an operation that always refuses. */
export function describeSuccess(endpoint: Endpoint, generated: Operation): Responses {
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
  const response = generated.responses?.['200']
  const content = response && 'content' in response ? response.content : undefined
  return {
    [status]: { description: status === 201 ? 'Made.' : 'Done.', content },
    ...(mayBeEmpty(meta) && {
      204: { description: 'There is no cookie, and the caller sent `Prefer: session=optional`.' },
    }),
    ...(meta.page === 'form' && {
      303: { description: 'Done, and a browser form asked: leads on to a page.' },
    }),
  }
}

/** Documents the refusals of an operation, by status. `fields` is null when no refusal names a field. */
export function describeRefusals(
  endpoint: Endpoint,
  options: { fields: DocumentedFields | null; settings: DocumentedSettings },
): Responses {
  const responses = describeStatuses(listRefusals(endpoint, options.settings), options.fields)
  const withPages = Object.entries(responses).map(([status, response]) => [
    status,
    mayBePage(endpoint, Number(status)) ? withPage(response) : response,
  ])
  return Object.fromEntries(withPages)
}

/** Documents refusals by status, with field errors. */
export function describeStatuses(refusals: DocumentedRefusal[], fields: DocumentedFields | null): Responses {
  const byStatus = Map.groupBy(refusals, (refusal) => refusal.status)
  if (fields && !byStatus.has(400)) byStatus.set(400, [])
  const responses = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, same]) => [status, describeStatus(status, same, status === 400 ? fields : null)])
  return Object.fromEntries(responses)
}

/** A person gets every refusal as a page, except 415: every form has a content type that is read. */
function mayBePage({ meta }: Endpoint, status: number): boolean {
  return meta.page !== undefined && status !== 415
}

/** Adds that a person gets a page instead. */
export function withPage(response: Responses[string]): Responses[string] {
  return 'content' in response ? { ...response, content: { ...response.content, ...PAGE } } : response
}

function describeStatus(status: number, refusals: DocumentedRefusal[], fields: DocumentedFields | null) {
  const codes = [...new Set(refusals.map(({ example }) => example.code))]
  const refusal: Schema = {
    allOf: [
      { $ref: '#/components/schemas/Refusal' },
      { type: 'object', required: ['code'], properties: { code: { type: 'string', enum: codes } } },
    ],
  }
  const examples = Object.fromEntries(refusals.map(({ code, example }) => [code, { value: example }]))
  return {
    description: DESCRIPTIONS[status] ?? 'The request was refused.',
    content: {
      [JSON_TYPE]: fields
        ? {
            schema:
              refusals.length > 0
                ? { oneOf: [describeFieldErrors(fields.names), refusal] }
                : describeFieldErrors(fields.names),
            examples: { ...examples, field_errors: { value: fields.example } },
          }
        : { schema: refusal, examples },
    },
  }
}

/** One key per failing field, with an array of sentences. Faults of several fields stand under `non_field_errors`. */
function describeFieldErrors(fieldNames: string[]): Schema {
  const sentences = { type: 'array' as const, minItems: 1, items: { type: 'string' as const, minLength: 1 } }
  const names = [...fieldNames, 'non_field_errors']
  return {
    title: 'Field errors',
    type: 'object',
    minProperties: 1,
    properties: Object.fromEntries(names.map((name) => [name, sentences])),
    additionalProperties: false,
  }
}
