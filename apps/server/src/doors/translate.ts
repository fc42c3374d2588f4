import { type FieldErrors, renameKeys, toCamelCase, toSnakeCase } from '@latchkey/contract'

/** Gives the fields a caller sent the names of code: `new_password2` becomes `newPassword2`. */
export function fromWire(fields: Record<string, unknown>): Record<string, unknown> {
  return renameKeys(fields, toCamelCase)
}

/** Gives a value of code the names of the contract at every depth; dates become ISO 8601 in UTC. */
export function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toWire)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [toSnakeCase(name), toWire(part)]))
}

/** Gives the fields of a refusal the names a caller spelled them with; `nonFieldErrors` is `non_field_errors`. */
export function toWireFields(fields: FieldErrors): FieldErrors {
  return renameKeys(fields, toSnakeCase)
}
