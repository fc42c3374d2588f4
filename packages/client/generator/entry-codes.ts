import { EVERY_SETTINGS, operations, type RefusalCode, resolveOperation } from '@latchkey/contract'
import { SECOND_FACTOR_CODES } from './second-factor-codes.ts'

/**
 * The refusals that only operations of the entry `social` are answered with. The main entry does not carry them.
 *
 * A code that is not listed is in the main entry. `entry-codes.test.ts` holds that no operation of another entry has one
 * of these.
 */
export const SOCIAL_CODES: readonly RefusalCode[] = [
  'provider_not_configured',
  'flow_not_supported',
  'callback_url_not_allowed',
  'token_required',
  'provider_email_unverified',
  'client_id_mismatch',
  'invalid_social_token',
  'provider_unavailable',
  'social_account_in_use',
  'email_already_registered',
  'local_account_unverified',
  'too_many_connections',
]

/** Lists the codes of the operations of the entry `social` that the main entry lacks. */
export function listSocialCodes(): readonly RefusalCode[] {
  const ofEntry = Object.entries(operations).filter(
    ([name, { procedure }]) => procedure.startsWith('social.') || name === 'reauthenticate',
  )
  const refusals = ofEntry.flatMap(([, definition]) =>
    EVERY_SETTINGS.flatMap((settings) => resolveOperation(definition, settings).refusals),
  )
  const ofFactors = SECOND_FACTOR_CODES.filter((code) => refusals.includes(code))
  return [...SOCIAL_CODES, ...ofFactors]
}
