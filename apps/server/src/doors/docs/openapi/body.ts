import type { Endpoint } from '../../rest/endpoints.ts'
import { readsBody } from './refusals.ts'
import type { Operation, Reference, Schema } from './types.ts'

/** The schema of a request body; null when an operation reads no field of it. */
export function findBodySchema(generated: Operation): Schema | null {
  const body = generated.requestBody && 'content' in generated.requestBody ? generated.requestBody : null
  const schema = body?.content['application/json']?.schema
  return schema && listFields(schema).length > 0 ? schema : null
}

/** Describes the body as JSON alone, since a generator may choose another type. The introduction tells of forms. */
export function describeBody(schema: Schema, named: Reference) {
  const required = 'required' in schema && (schema.required ?? []).length > 0
  return { required, content: { 'application/json': { schema: named } } }
}

/**
 * Lists the fields that may be refused. Null: the operation reads no fields, or is a link, whose refusal names no field. A
 * field of the path is never refused: a malformed one is unknown.
 * A missing cookie is refused as a missing field.
 */
export function listRefusedFields(
  endpoint: Endpoint,
  schema: Schema | null,
  queryNames: string[],
): string[] | null {
  if (endpoint.meta.page === 'link') return null
  if (endpoint.meta.cookieDecides) return ['refresh']
  if (readsBody(endpoint)) return listFields(schema)
  return queryNames.length === 0 ? null : queryNames
}

function listFields(schema: Schema | null): string[] {
  return schema && 'properties' in schema ? Object.keys(schema.properties ?? {}) : []
}
