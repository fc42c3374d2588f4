import { requiredIf, tokenField } from './fields.ts'
import type { ContractSettings } from './settings.ts'

/** The refresh token of a body. In cookie mode it is optional, because a cookie holds the token. */
export function refreshField({ cookieMode }: ContractSettings) {
  const refresh = tokenField().meta({ description: 'The refresh token last given.' })
  return { refresh: requiredIf(!cookieMode, refresh) }
}

/** The secret of a mailed link. */
export function keyField() {
  return tokenField().meta({ description: 'The last part of the mailed link.' })
}
