import type { RefusalCode } from '@latchkey/contract'

/**
 * The refusals that only operations of the entry `mfa` are answered with. The main entry does not carry them.
 *
 * A code that is not listed is in the main entry. `entry-codes.test.ts` holds that no operation of the main entry has
 * one of these.
 */
export const SECOND_FACTOR_CODES: readonly RefusalCode[] = [
  'mfa_disabled',
  'mfa_required',
  'totp_locked',
  'recovery_codes_locked',
  'challenge_invalid',
  'challenge_exhausted',
  'invalid_code',
  'invalid_recovery_code',
  'invalid_password',
  'setup_not_initiated',
  'totp_already_active',
  'totp_not_active',
  'no_second_factor',
  'mfa_locked',
  'passkeys_disabled',
  'passkey_refused',
  'too_many_passkeys',
  'unknown_passkey',
  'disconnect_not_allowed',
]
