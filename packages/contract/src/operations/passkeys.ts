import { credentialField, newCredentialField } from '../credential-field.ts'
import { defineOperation } from '../define-operation.ts'
import { passkeyRequestAnswer } from '../factor-answers.ts'
import { setupChallengeField } from '../factor-fields.ts'
import { idField, passkeyNameField } from '../fields.ts'
import { addedPasskey, ownPasskey, passkeyCreationAnswer, passkeyList } from '../passkey-answers.ts'

/** Operations on passkeys, and the sign-in with one. */
export const passkeyOperations = {
  /** Describes a sign-in with any passkey of this server. */
  describePasskeySignIn: defineOperation({
    procedure: 'passkeys.signInOptions',
    method: 'POST',
    path: '/passkeys/sign-in/options/',
    operationId: 'passkeys_sign_in_options',
    tag: 'Passkeys',
    summary: 'Ask for the options of a sign-in with a passkey',
    description: 'They name no user, so every caller gets the same but for the challenge.',
    access: 'anonymous',
    needs: ['passkeys'],
    output: passkeyRequestAnswer,
  }),

  /** Opens a session by a passkey. It is two factors by itself. */
  signInWithPasskey: defineOperation({
    procedure: 'passkeys.signIn',
    method: 'POST',
    path: '/passkeys/sign-in/',
    operationId: 'passkeys_sign_in',
    tag: 'Passkeys',
    summary: 'Sign in with a passkey',
    description:
      'The challenge in the answer names the options, which work once. A passkey is two factors, so no second one is asked for.',
    access: 'anonymous',
    needs: ['passkeys'],
    refreshCookie: 'sets',
    input: () => ({ credential: credentialField() }),
    refusals: ({ emailVerification }) => [
      'challenge_invalid',
      'unknown_passkey',
      'incorrect_credentials',
      ...(emailVerification === 'mandatory' ? (['email_not_verified'] as const) : []),
      'no_active_account',
    ],
  }),

  /** Describes the making of a passkey. */
  describePasskeyRegistration: defineOperation({
    procedure: 'passkeys.registerOptions',
    method: 'POST',
    path: '/passkeys/options/',
    operationId: 'passkeys_register_options',
    tag: 'Passkeys',
    summary: 'Ask for the options of a new passkey',
    description: 'Only the session that asked can add the passkey.',
    access: 'setup',
    needs: ['passkeys'],
    recent: 'always',
    input: () => ({ setup_challenge_id: setupChallengeField() }),
    output: passkeyCreationAnswer,
    refusals: ['too_many_passkeys'],
  }),

  /** Adds a passkey. */
  registerPasskey: defineOperation({
    procedure: 'passkeys.register',
    method: 'POST',
    path: '/passkeys/',
    operationId: 'passkeys_register',
    tag: 'Passkeys',
    summary: 'Add a passkey',
    description:
      'A passkey makes no second factor compulsory: `POST /mfa/enable/` does. A sign-in that had to set up a factor gets its tokens and recovery codes here, and its second factor is on.',
    access: 'setup',
    needs: ['passkeys'],
    recent: 'always',
    refreshCookie: 'may set',
    status: 201,
    input: () => ({
      credential: newCredentialField(),
      name: passkeyNameField().optional().meta({
        description: 'Without it: the provider of the passkey, else the browser and the system.',
      }),
      setup_challenge_id: setupChallengeField(),
    }),
    output: addedPasskey,
    refusals: ['challenge_invalid', 'passkey_refused', 'too_many_passkeys'],
  }),

  /** Lists the caller's passkeys. */
  listPasskeys: defineOperation({
    procedure: 'passkeys.list',
    method: 'GET',
    path: '/passkeys/',
    operationId: 'passkeys_list',
    tag: 'Passkeys',
    summary: "List one's own passkeys",
    description: 'The oldest comes first.',
    access: 'authenticated',
    needs: ['passkeys'],
    output: passkeyList,
  }),

  /** Gives a passkey of the caller another name. */
  renamePasskey: defineOperation({
    procedure: 'passkeys.rename',
    method: 'PATCH',
    path: '/passkeys/{id}/',
    operationId: 'passkeys_rename',
    tag: 'Passkeys',
    summary: "Rename one of one's own passkeys",
    description: "Another user's passkey and an unknown one get the same answer.",
    access: 'authenticated',
    needs: ['passkeys'],
    input: () => ({ id: idField(), name: passkeyNameField() }),
    output: ownPasskey,
    refusals: ['not_found'],
  }),

  /** Removes a passkey of the caller. Every other session that it opened ends. */
  deletePasskey: defineOperation({
    procedure: 'passkeys.delete',
    method: 'DELETE',
    path: '/passkeys/{id}/',
    operationId: 'passkeys_delete',
    tag: 'Passkeys',
    summary: "Remove one of one's own passkeys",
    description:
      "Every other session that it opened ends. With the last factor the second step at sign-in is turned off, and the recovery codes go. Another user's passkey and an unknown one get the same answer.",
    access: 'authenticated',
    protects: true,
    needs: ['passkeys'],
    recent: 'always',
    input: () => ({ id: idField() }),
    refusals: ['not_found', 'mfa_required', 'disconnect_not_allowed'],
  }),
}
