import { credentialField } from '../credential-field.ts'
import { defineOperation } from '../define-operation.ts'
import { passkeyRequestAnswer } from '../factor-answers.ts'
import { codeField, recoveryCodeField } from '../factor-fields.ts'
import { checkedPasswordField, loginEmailField, tokenField } from '../fields.ts'
import { refreshField } from '../token-fields.ts'

/** Operations for signing in and out. */
export const authOperations = {
  /** Opens a session by address and password. */
  login: defineOperation({
    procedure: 'auth.login',
    client: 'login',
    method: 'POST',
    path: '/login/',
    operationId: 'rest_login',
    tag: 'Authentication',
    summary: 'Sign in',
    description:
      'Opens a session. An unknown address and a wrong password get the same answer. Where a second factor is due, the answer names the next step and has no tokens.',
    access: 'anonymous',
    refreshCookie: 'sets',
    asksFactor: true,
    input: () => ({ email: loginEmailField(), password: checkedPasswordField() }),
    refusals: ({ emailVerification }) => [
      'incorrect_credentials',
      ...(emailVerification === 'mandatory' ? (['email_not_verified'] as const) : []),
      'no_active_account',
    ],
  }),

  /**
   * Exchanges a refresh token.
   *
   * A refusal never removes the cookie. When two tabs refresh at once, the later one may be refused. It must not
   * remove the cookie that the earlier one got.
   */
  refreshSession: defineOperation({
    procedure: 'auth.refresh',
    client: null,
    method: 'POST',
    path: '/refresh/',
    operationId: 'token_refresh',
    tag: 'Authentication',
    summary: 'Exchange a refresh token for a new pair',
    description:
      'A refresh token works once. One that was replaced longer ago than the grace ends its session: two parties hold it. A retry with the `Idempotency-Key` of the lost answer gets it again, also after the grace, until the token expires.',
    access: 'anonymous',
    countedBy: 'session',
    refreshCookie: 'exchanges',
    takesIdempotencyKey: true,
    input: refreshField,
    refusals: ({ emailVerification }) => [
      'token_not_valid',
      'session_expired',
      ...(emailVerification === 'mandatory' ? (['email_not_verified'] as const) : []),
      'invalid_idempotency_key',
      'idempotency_key_reused',
    ],
  }),

  /** Confirms in a session that the caller is the user. */
  reauthenticate: defineOperation({
    procedure: 'auth.reauthenticate',
    client: 'reauthenticate',
    method: 'POST',
    path: '/reauthenticate/',
    operationId: 'reauthenticate',
    tag: 'Authentication',
    summary: 'Confirm that it is you',
    description:
      'Takes exactly one of the fields, and `code_verifier` beside `social_code`. Opens a successor of the session, in which what asks for a recent proof works. The tokens of before work until the grace is over, and gain nothing. Where a second factor is on, a password and a provider are refused.',
    access: 'authenticated',
    refreshCookie: 'sets',
    input: () => ({
      password: checkedPasswordField().optional(),
      code: codeField().optional(),
      recovery_code: recoveryCodeField().optional(),
      credential: credentialField().optional(),
      social_code: tokenField().optional().meta({
        description: 'The `code` in `return_to` of a connected account; the start had `prompt=login`.',
      }),
      code_verifier: tokenField().optional().meta({ description: 'Only with `social_code`.' }),
    }),
    sentence: 'Confirmed.',
    refusals: [
      'no_usable_password',
      'invalid_code',
      'invalid_recovery_code',
      'passkey_refused',
      'challenge_invalid',
      'totp_locked',
      'recovery_codes_locked',
      'mfa_disabled',
      'passkeys_disabled',
      'mfa_locked',
    ],
  }),

  /** Describes what a browser asks a passkey for, to confirm that the caller is the user. */
  describeReauthentication: defineOperation({
    procedure: 'auth.reauthenticateOptions',
    client: 'reauthenticateOptions',
    method: 'POST',
    path: '/reauthenticate/options/',
    operationId: 'reauthenticate_options',
    tag: 'Authentication',
    summary: 'Begin to confirm with a passkey',
    description:
      "The options name the account's passkeys. Only the session that asked can send the credential.",
    access: 'authenticated',
    needs: ['passkeys'],
    output: passkeyRequestAnswer,
    refusals: ['no_second_factor'],
  }),

  /** Ends the session of a refresh token. In cookie mode the cookie alone decides, and every answer removes it. */
  logout: defineOperation({
    procedure: 'auth.logout',
    client: 'logout',
    method: 'POST',
    path: '/logout/',
    operationId: 'rest_logout',
    tag: 'Authentication',
    summary: 'Sign out of one session',
    description:
      'An expired access token, or one whose session has ended, still authenticates this one call.',
    access: 'logout',
    countedBy: 'session',
    protects: true,
    refreshCookie: 'removes',
    input: refreshField,
    sentence: 'Successfully logged out.',
    refusals: ['invalid_refresh_token'],
  }),

  /** Ends every session of the caller. */
  logoutAll: defineOperation({
    procedure: 'auth.logoutAll',
    client: 'logoutAll',
    method: 'POST',
    path: '/logout-all/',
    operationId: 'rest_logout_all',
    tag: 'Authentication',
    summary: 'Sign out of every session',
    description: "Ends every session of the account, the caller's too.",
    access: 'authenticated',
    protects: true,
    refreshCookie: 'removes',
    sentence: 'Successfully logged out from all devices.',
  }),
}
