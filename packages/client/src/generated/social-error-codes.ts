// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** The codes by which the server refuses an operation of the entry, with the status and the usual sentence of each. */
export const SOCIAL_REFUSAL_CODES = [
  /** 403: MFA TOTP is disabled. */
  'mfa_disabled',
  /** 403: Codes are locked for this account. Use a passkey or a recovery code. */
  'totp_locked',
  /** 403: Recovery codes are locked for this account. Use a passkey or an authenticator app. */
  'recovery_codes_locked',
  /** 400: Challenge expired or invalid. */
  'challenge_invalid',
  /** 400: Invalid code. */
  'invalid_code',
  /** 400: Invalid recovery code. */
  'invalid_recovery_code',
  /** 429: Too many failed MFA attempts. Try again later. */
  'mfa_locked',
  /** 403: Passkeys are disabled. */
  'passkeys_disabled',
  /** 400: The passkey could not be verified. */
  'passkey_refused',
  /** 404: This provider is not configured. */
  'provider_not_configured',
  /** 400: The provider does not support this flow. */
  'flow_not_supported',
  /** 400: This callback URL is not allowed. */
  'callback_url_not_allowed',
  /** 400: The credential that this provider needs is missing. */
  'token_required',
  /** 400: The provider does not vouch for the email address. */
  'provider_email_unverified',
  /** 401: The credential was made for another client. */
  'client_id_mismatch',
  /** 401: The provider rejected the credential. */
  'invalid_social_token',
  /** 503: The provider cannot be reached, please try again shortly. */
  'provider_unavailable',
  /** 409: This account of the provider is connected to another user. */
  'social_account_in_use',
  /** 409: A user with this email address exists. Sign in and connect the provider there. */
  'email_already_registered',
  /** 409: Sign in with your password and connect it there, or set a new password by mail first. */
  'local_account_unverified',
  /** 400: There are too many connected accounts; disconnect one first. */
  'too_many_connections',
  /** 400: This is the last way to sign in. Set a password or add a passkey first. */
  'disconnect_not_allowed',
] as const
