import { type FieldErrors, renameKeys, toCamelCase, toSnakeCase } from '@latchkey/contract'

/** Renames the fields of a caller to camelCase: `new_password2` becomes `newPassword2`. */
export function fromWire(fields: Record<string, unknown>): Record<string, unknown> {
  return renameKeys(fields, toCamelCase)
}

/** Values for a browser's own functions. Their names are those of WebAuthn. */
const FOR_BROWSERS: readonly string[] = ['passkeyOptions', 'options']

/**
 * Renames the keys of a value to snake_case at every depth, except in {@link FOR_BROWSERS}. Dates become ISO 8601 in UTC.
 */
export function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toWire)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      toSnakeCase(name),
      FOR_BROWSERS.includes(name) ? part : toWire(part),
    ]),
  )
}

/** Renames the fields of a refusal to those that the caller sent. `nonFieldErrors` becomes `non_field_errors`. */
export function toWireFields(fields: FieldErrors): FieldErrors {
  return renameKeys(fields, toSnakeCase)
}
