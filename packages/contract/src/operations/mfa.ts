import { credentialField } from '../credential-field.ts'
import { defineOperation } from '../define-operation.ts'
import {
  authenticatorList,
  doneAnswer,
  doneWithCodes,
  mfaStatus,
  newRecoveryCodes,
  totpSetUp,
} from '../factor-answers.ts'
import { challengeField, codeField, recoveryCodeField, setupChallengeField } from '../factor-fields.ts'
import { ownPasswordField } from '../fields.ts'
import { booleanField } from '../value-fields.ts'

/** Operations on second factors. */
export const mfaOperations = {
  /** Tells which second factors the caller has. */
  getMfaStatus: defineOperation({
    procedure: 'mfa.status',
    method: 'GET',
    path: '/mfa/',
    operationId: 'mfa_status',
    tag: 'Factors',
    summary: "Read the state of one's own second factors",
    description:
      'Whether a second factor is on or demanded, what works, and how many recovery codes are left.',
    access: 'authenticated',
    needs: ['mfa'],
    output: mfaStatus,
  }),

  /** Lists the caller's authenticator app, recovery codes and passkeys. */
  listAuthenticators: defineOperation({
    procedure: 'mfa.authenticators',
    method: 'GET',
    path: '/mfa/authenticators/',
    operationId: 'jwt_allauth_mfa_authenticators',
    tag: 'Factors',
    summary: "List one's own second factors",
    description: 'The oldest comes first.',
    access: 'authenticated',
    needs: ['mfa'],
    output: authenticatorList,
  }),

  /** Makes the secret of an authenticator app, which waits for its first code. */
  setUpTotp: defineOperation({
    procedure: 'mfa.setup',
    method: 'POST',
    path: '/mfa/setup/',
    operationId: 'jwt_allauth_mfa_setup',
    tag: 'Factors',
    summary: 'Make a secret for an authenticator app',
    description:
      'The secret is in force from its first code on. A second call makes another one, and the one before is dead. A working app stays in force until then.',
    access: 'setup',
    needs: ['mfa'],
    recent: 'always',
    input: () => ({
      setup_challenge_id: setupChallengeField(),
      replace: booleanField().optional().meta({ description: 'Whether a working app is to be replaced.' }),
    }),
    output: totpSetUp,
    refusals: ['totp_already_active'],
  }),

  /** Puts an authenticator app in force by its first code. */
  activateTotp: defineOperation({
    procedure: 'mfa.activate',
    method: 'POST',
    path: '/mfa/activate/',
    operationId: 'jwt_allauth_mfa_activate',
    tag: 'Factors',
    summary: 'Put an authenticator app in force',
    description:
      'The first factor turns the second step of a sign-in on: the answer has recovery codes, and every other session with one factor ends. A sign-in that had to set up a factor gets its tokens here.',
    access: 'setup',
    needs: ['mfa'],
    recent: 'always',
    refreshCookie: 'may set',
    input: () => ({ code: codeField(), setup_challenge_id: setupChallengeField() }),
    output: doneWithCodes,
    refusals: ['setup_not_initiated', 'invalid_code'],
  }),

  /** Ends a sign-in by the code of an authenticator app. */
  verifyTotp: defineOperation({
    procedure: 'mfa.verify',
    method: 'POST',
    path: '/mfa/verify/',
    operationId: 'jwt_allauth_mfa_verify',
    tag: 'Factors',
    summary: 'Complete a sign-in with a code of an authenticator app',
    description:
      'A code works once. The fifth wrong answer ends the challenge. Too many wrong codes lock codes alone: passkeys and recovery codes work on.',
    access: 'anonymous',
    needs: ['mfa'],
    refreshCookie: 'sets',
    input: () => ({ challenge_id: challengeField(), code: codeField() }),
    refusals: ['challenge_invalid', 'invalid_code', 'challenge_exhausted', 'totp_locked', 'mfa_locked'],
  }),

  /** Ends a sign-in by a recovery code. */
  verifyRecoveryCode: defineOperation({
    procedure: 'mfa.verifyRecovery',
    method: 'POST',
    path: '/mfa/verify-recovery/',
    operationId: 'jwt_allauth_mfa_verify_recovery',
    tag: 'Factors',
    summary: 'Complete a sign-in with a recovery code',
    description:
      'A code works once, also while the codes of the app are locked. Too many wrong short codes lock short codes.',
    access: 'anonymous',
    needs: ['mfa'],
    refreshCookie: 'sets',
    input: () => ({ challenge_id: challengeField(), recovery_code: recoveryCodeField() }),
    refusals: [
      'challenge_invalid',
      'invalid_recovery_code',
      'challenge_exhausted',
      'recovery_codes_locked',
      'mfa_locked',
    ],
  }),

  /** Ends a sign-in by a passkey. */
  verifyPasskey: defineOperation({
    procedure: 'mfa.verifyPasskey',
    method: 'POST',
    path: '/mfa/verify-passkey/',
    operationId: 'mfa_verify_passkey',
    tag: 'Factors',
    summary: 'Complete a sign-in with a passkey',
    description: 'The `passkey_options` of the sign-in say what the browser must ask for.',
    access: 'anonymous',
    needs: ['mfa', 'passkeys'],
    refreshCookie: 'sets',
    input: () => ({ challenge_id: challengeField(), credential: credentialField() }),
    refusals: ['challenge_invalid', 'passkey_refused', 'challenge_exhausted'],
  }),

  /** Makes the passkey of the caller compulsory beside the password. */
  enableSecondFactor: defineOperation({
    procedure: 'mfa.enable',
    method: 'POST',
    path: '/mfa/enable/',
    operationId: 'mfa_enable',
    tag: 'Factors',
    summary: 'Ask for the passkey at each sign-in with the password',
    description:
      'The answer has recovery codes. Other sessions with one factor end. Nothing changes when the second factor is on.',
    access: 'authenticated',
    needs: ['mfa'],
    recent: 'always',
    output: doneWithCodes,
    refusals: ['no_second_factor'],
  }),

  /** Makes new recovery codes. */
  replaceRecoveryCodes: defineOperation({
    procedure: 'mfa.replaceRecoveryCodes',
    method: 'POST',
    path: '/mfa/recovery-codes/',
    operationId: 'mfa_recovery_codes',
    tag: 'Factors',
    summary: 'Make new recovery codes',
    description: 'The former ones are dead.',
    access: 'authenticated',
    needs: ['mfa'],
    recent: 'always',
    output: newRecoveryCodes,
    refusals: ['no_second_factor'],
  }),

  /** Turns the second factor of the caller off. */
  deactivateSecondFactor: defineOperation({
    procedure: 'mfa.deactivate',
    method: 'POST',
    path: '/mfa/deactivate/',
    operationId: 'jwt_allauth_mfa_deactivate',
    tag: 'Factors',
    summary: 'Turn the second factor off',
    description: 'The authenticator app and the recovery codes are gone. Passkeys stay, and still sign in.',
    access: 'authenticated',
    needs: ['mfa'],
    recent: 'always',
    input: () => ({ password: ownPasswordField() }),
    output: doneAnswer,
    refusals: ['no_usable_password', 'invalid_password', 'totp_not_active', 'mfa_required'],
  }),
}
