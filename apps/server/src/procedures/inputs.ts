import { fields, tokenField } from '@latchkey/core'

/** A procedure that takes nothing: still an object, so that a list is refused here as everywhere. */
export function noFields() {
  return fields({}).optional()
}

/** The refresh token of a body. */
export function refreshField() {
  return tokenField().meta({ description: 'The refresh token last given.' })
}
