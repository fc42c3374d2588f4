import { SENTENCES } from '@latchkey/contract'
import { PAGE_SCHEMA, PARSE_ERROR_SCHEMA } from './responses.ts'
import type { Reference, Schema } from './types.ts'

/** The named schemas of one document. */
export interface Schemas {
  all: Record<string, Schema>
  /** Keeps a schema under a name, and returns a reference to it. */
  add(name: string, schema: Schema): Reference
}

const faults: Schema = {
  description: 'Sentences for people, one for each rule that the field breaks.',
  type: 'array',
  minItems: 1,
  items: { type: 'string', minLength: 1 },
  example: [SENTENCES.required],
}

/** The answer of an operation that says in a sentence what it did. The operation gives the sentence. */
export const DETAIL_SCHEMA: Schema = {
  description: 'A sentence that tells what was done.',
  type: 'object',
  required: ['detail'],
  additionalProperties: false,
  properties: { detail: { type: 'string' } },
}

/** Starts with the schemas that the contract names. */
export function createSchemas(ofContract: Record<string, Schema>): Schemas {
  const all: Record<string, Schema> = {
    ...ofContract,
    Page: PAGE_SCHEMA,
    ParseError: PARSE_ERROR_SCHEMA,
    Faults: faults,
  }
  return {
    all,
    add(name, schema) {
      all[name] = schema
      return { $ref: `#/components/schemas/${name}` }
    },
  }
}

/** Returns the name under which the contract keeps a schema; undefined when the schema is written out. */
export function findName(schema: object | undefined): string | undefined {
  const ref = schema && '$ref' in schema ? String(schema.$ref) : undefined
  return ref?.replace(/^.*\//, '')
}

/** One key for each failing field. Faults of several fields stand under `non_field_errors`. */
export function describeFieldErrors(fieldNames: string[]): Schema {
  const names = [...fieldNames, 'non_field_errors']
  const ofField = { $ref: '#/components/schemas/Faults' }
  return {
    type: 'object',
    minProperties: 1,
    properties: Object.fromEntries(names.map((name) => [name, ofField])),
    additionalProperties: false,
  }
}
