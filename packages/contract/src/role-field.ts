import { ROLE_MAX } from './limits.ts'
import { integerField } from './value-fields.ts'

/** What a role is, for the document. */
export const ROLE = {
  description: "0 user, 1000 staff, 900 superuser; any other number is the operator's own.",
  example: 1000,
  minimum: 0,
  maximum: ROLE_MAX,
}

/** A role: 0 user, 1000 staff, 900 superuser, or another number of the operator. */
export function roleField() {
  return integerField({ min: 0, max: ROLE_MAX }).meta(ROLE)
}
