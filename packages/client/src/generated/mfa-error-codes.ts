// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** The codes by which the server refuses an operation on second factors, with the status and the usual sentence of each. */
export const MFA_REFUSAL_CODES = [
  /** 403: MFA TOTP is disabled. */
  'mfa_disabled',
  /** 403: MFA TOTP is required and cannot be disabled. */
  'mfa_required',
  /** 403: Codes are locked for this account. Use a passkey or a recovery code. */
  'totp_locked',
  /** 403: Recovery codes are locked for this account. Use a passkey or an authenticator app. */
  'recovery_codes_locked',
  /** 400: Challenge expired or invalid. */
  'challenge_invalid',
  /** 400: Too many failed attempts. Challenge invalidated. */
  'challenge_exhausted',
  /** 400: Invalid code. */
  'invalid_code',
  /** 400: Invalid recovery code. */
  'invalid_recovery_code',
  /** 400: Invalid password. */
  'invalid_password',
  /** 400: Setup not initiated. */
  'setup_not_initiated',
  /** 400: TOTP already activated. */
  'totp_already_active',
  /** 400: TOTP not activated. */
  'totp_not_active',
  /** 400: There is no second factor yet. */
  'no_second_factor',
  /** 429: Too many failed MFA attempts. Try again later. */
  'mfa_locked',
  /** 403: Passkeys are disabled. */
  'passkeys_disabled',
  /** 400: The passkey could not be verified. */
  'passkey_refused',
  /** 400: There are too many passkeys; remove one first. */
  'too_many_passkeys',
  /** 401: This passkey is not known here. */
  'unknown_passkey',
  /** 400: This is the last way to sign in. Set a password or add a passkey first. */
  'disconnect_not_allowed',
] as const
