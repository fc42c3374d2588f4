import { type FieldErrors, invalidFields } from '@latchkey/core'
import type { ZodType } from 'zod'

/** @throws {DomainError} `invalid` - with the same sentences as for an API caller */
export function readField<T>(name: string, field: ZodType<T>, value: unknown): T {
  const read = field.safeParse(value)
  if (read.success) return read.data
  const errors: FieldErrors = { [name]: read.error.issues.map(({ message }) => message) }
  throw invalidFields(errors)
}
