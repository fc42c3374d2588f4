import { SENTENCES } from '@latchkey/contract'
import type { Endpoint } from '../../rest/endpoints.ts'
import { readsBody } from './refusals.ts'
import type { DocumentedFields } from './responses.ts'
import type { Operation, Schema } from './types.ts'

const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']

/** Every operation with a query string has pages, so it has the field `limit`. */
const QUERY_EXAMPLE = { limit: ['A valid integer is required.'] }

/** A missing cookie is refused as a missing field. */
const MISSING_COOKIE: DocumentedFields = {
  names: ['refresh'],
  example: { refresh: [SENTENCES.required] },
}

/** The schema of a request body; null when an operation reads no field of it. */
export function findBodySchema(generated: Operation): Schema | null {
  const body = generated.requestBody && 'content' in generated.requestBody ? generated.requestBody : null
  const schema = body?.content['application/json']?.schema
  return schema && listFields(schema).length > 0 ? schema : null
}

/** The same schema under every content type that is read. */
export function describeBody(schema: Schema) {
  const required = 'required' in schema && (schema.required ?? []).length > 0
  return { required, content: Object.fromEntries(BODY_TYPES.map((type) => [type, { schema }])) }
}

/**
 * Lists the fields that may be refused. Null: the operation reads no fields, or is a link, whose refusal names no
 * field.
 *
 * The example is a real answer of the server: to a body without a required field, to a number in the place of a text,
 * or to a body that is a list.
 */
export function describeFields(
  endpoint: Endpoint,
  schema: Schema | null,
  queryNames: string[],
): DocumentedFields | null {
  if (endpoint.meta.page === 'link') return null
  if (endpoint.meta.cookieDecides) return MISSING_COOKIE
  if (readsBody(endpoint)) {
    return { names: [...listFields(schema), ...endpoint.params], example: createExample(schema) }
  }
  return queryNames.length === 0 ? null : { names: queryNames, example: QUERY_EXAMPLE }
}

function createExample(schema: Schema | null): Record<string, string[]> {
  const required = schema && 'required' in schema ? schema.required?.[0] : undefined
  if (required) return { [required]: ['This field is required.'] }
  const text = listFields(schema).find((name) => isText(schema, name))
  if (text) return { [text]: ['Not a valid string.'] }
  return { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }
}

function listFields(schema: Schema | null): string[] {
  return schema && 'properties' in schema ? Object.keys(schema.properties ?? {}) : []
}

/** Returns whether a field is a text that is read: its length has bounds. A field without bounds is ignored. */
function isText(schema: Schema | null, name: string): boolean {
  const field = schema && 'properties' in schema ? schema.properties?.[name] : undefined
  return typeof field === 'object' && ('minLength' in field || 'maxLength' in field)
}
