import { fieldIf, tokenField } from './fields.ts'
import type { ContractSettings } from './settings.ts'

/** The refresh token of a body. In cookie mode there is no such field: the cookie holds the token. */
export function refreshField({ cookieMode }: ContractSettings) {
  const refresh = tokenField().meta({ description: 'The refresh token last given.' })
  return fieldIf(!cookieMode, 'refresh', refresh)
}

/** The secret of a mailed link. */
export function keyField() {
  return tokenField().meta({ description: 'The last part of the mailed link.' })
}
