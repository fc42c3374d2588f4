import { z } from 'zod'
import { ANSWER_NAMES } from './names.ts'
import { type Field, readFields } from './read-fields.ts'

const NAMES = new Map<z.ZodType, string>(ANSWER_NAMES.map(({ schema, name }) => [schema, name]))
const TYPES_OF_JSON: Record<string, string> = { integer: 'number', number: 'number', boolean: 'boolean' }

/** Answers whether a schema has a published type. */
export function isNamed(schema: z.ZodType): boolean {
  return NAMES.has(schema)
}

/**
 * Prints the TypeScript type of the JSON that a schema describes.
 *
 * @throws {Error} the schema is of a kind that this printer does not know
 */
export function printType(schema: z.ZodType): string {
  const name = NAMES.get(schema)
  if (name) return name
  if (schema instanceof z.ZodObject) return printObject(readFields(schema.shape as z.ZodRawShape))
  if (schema instanceof z.ZodArray) return `${printOperand(schema.element as z.ZodType)}[]`
  if (schema instanceof z.ZodNullable) return `${printType(schema.unwrap() as z.ZodType)} | null`
  if (schema instanceof z.ZodOptional) return printType(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodRecord) return `Record<string, ${printType(schema.valueType as z.ZodType)}>`
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).map(printType).join(' | ')
  if (schema instanceof z.ZodEnum) return schema.options.map(printLiteral).join(' | ')
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(printLiteral).join(' | ')
  return printValue(schema)
}

function printValue(schema: z.ZodType): string {
  if (schema instanceof z.ZodString || schema instanceof z.ZodISODateTime) return 'string'
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  if (schema instanceof z.ZodVoid) return 'void'
  if (schema instanceof z.ZodUnknown) return 'unknown'
  // A field that is read from text or JSON names its JSON type in its metadata.
  const type = TYPES_OF_JSON[String(z.globalRegistry.get(schema)?.type)]
  if (type) return type
  throw new Error(`the generator has no type for a schema of the kind ${schema.def.type}`)
}

/** Prints fields as the type of an object in one line. */
export function printObject(fields: readonly Field[]): string {
  return `{ ${fields.map(printField).join('; ')} }`
}

/** Prints one field, without its documentation. */
export function printField({ name, isOptional, schema }: Field): string {
  return `${name}${isOptional ? '?' : ''}: ${printType(schema)}`
}

function printOperand(schema: z.ZodType): string {
  const type = printType(schema)
  return type.includes(' | ') ? `(${type})` : type
}

function printLiteral(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
