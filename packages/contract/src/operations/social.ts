import { defineOperation } from '../define-operation.ts'
import { idField } from '../fields.ts'
import type { RefusalCode } from '../refusals.ts'
import type { ContractSettings } from '../settings.ts'
import { connection, connectionList, providerList } from '../social-answers.ts'
import { codeFields, tokenFields } from '../social-fields.ts'

const CREDENTIAL_REFUSALS = [
  'provider_not_configured',
  'flow_not_supported',
  'client_id_mismatch',
  'invalid_social_token',
  'provider_unavailable',
] as const satisfies RefusalCode[]

/** What a sign-in with a right credential is refused for. */
export const ACCOUNT_REFUSALS = ({ emailVerification }: ContractSettings): RefusalCode[] => [
  'provider_email_unverified',
  'email_already_registered',
  'local_account_unverified',
  ...(emailVerification === 'mandatory' ? (['email_not_verified'] as const) : []),
  'no_active_account',
]

/** What a connection by hand is refused for. */
export const CONNECT_REFUSALS = ['social_account_in_use', 'too_many_connections'] as const

const SIGNS_IN =
  'Opens a session, or answers with the next step where a second factor is due. An unknown account of the provider is connected to the user that has proven its address, or becomes a user.'
const CONNECTS = "The provider's address is not looked at. No session is opened or closed."

/** Operations on accounts at other providers. */
export const socialOperations = {
  /** Lists the providers that people may sign in with. */
  listProviders: defineOperation({
    procedure: 'social.providers',
    method: 'GET',
    path: '/social/providers/',
    operationId: 'jwt_allauth_social_providers',
    tag: 'Social',
    summary: 'List the providers that people may sign in with',
    description: 'In their order.',
    access: 'anonymous',
    output: providerList,
  }),

  /** Opens a session by tokens of a provider. */
  signInWithProviderToken: defineOperation({
    procedure: 'social.signInWithToken',
    method: 'POST',
    path: '/social/{provider}/token/',
    operationId: 'jwt_allauth_social_token_login',
    tag: 'Social',
    summary: 'Sign in with tokens of a provider',
    description: SIGNS_IN,
    access: 'anonymous',
    refreshCookie: 'sets',
    asksFactor: true,
    input: tokenFields,
    refusals: (settings) => ['token_required', ...CREDENTIAL_REFUSALS, ...ACCOUNT_REFUSALS(settings)],
  }),

  /** Opens a session by a code of a provider. */
  signInWithProviderCode: defineOperation({
    procedure: 'social.signInWithCode',
    method: 'POST',
    path: '/social/{provider}/code/',
    operationId: 'jwt_allauth_social_code_login',
    tag: 'Social',
    summary: 'Sign in with a code of a provider',
    description: SIGNS_IN,
    access: 'anonymous',
    refreshCookie: 'sets',
    asksFactor: true,
    input: codeFields,
    refusals: (settings) => [
      'callback_url_not_allowed',
      ...CREDENTIAL_REFUSALS,
      ...ACCOUNT_REFUSALS(settings),
    ],
  }),

  /** Connects an account at a provider to the caller by its tokens. */
  connectProviderToken: defineOperation({
    procedure: 'social.connectWithToken',
    method: 'POST',
    path: '/social/{provider}/connect/token/',
    operationId: 'jwt_allauth_social_token_connect',
    tag: 'Social',
    summary: 'Connect an account at a provider by its tokens',
    description: CONNECTS,
    access: 'authenticated',
    recent: 'always',
    status: 201,
    input: tokenFields,
    output: connection,
    refusals: ['token_required', ...CREDENTIAL_REFUSALS, ...CONNECT_REFUSALS],
  }),

  /** Connects an account at a provider to the caller by a code. */
  connectProviderCode: defineOperation({
    procedure: 'social.connectWithCode',
    method: 'POST',
    path: '/social/{provider}/connect/code/',
    operationId: 'jwt_allauth_social_code_connect',
    tag: 'Social',
    summary: 'Connect an account at a provider by its code',
    description: CONNECTS,
    access: 'authenticated',
    recent: 'always',
    status: 201,
    input: codeFields,
    output: connection,
    refusals: ['callback_url_not_allowed', ...CREDENTIAL_REFUSALS, ...CONNECT_REFUSALS],
  }),

  /** Lists the accounts at providers that sign the caller in. */
  listConnections: defineOperation({
    procedure: 'social.accounts',
    method: 'GET',
    path: '/social/accounts/',
    operationId: 'jwt_allauth_social_accounts',
    tag: 'Social',
    summary: "List one's own accounts at providers",
    description: 'Oldest first.',
    access: 'authenticated',
    output: connectionList,
  }),

  /** Disconnects an account at a provider from the caller. */
  disconnectProvider: defineOperation({
    procedure: 'social.disconnect',
    method: 'DELETE',
    path: '/social/accounts/{id}/',
    operationId: 'jwt_allauth_social_disconnect',
    tag: 'Social',
    summary: "Disconnect one of one's own accounts at providers",
    description:
      "Sessions that it opened stay. The last way in cannot be removed: a password, a passkey or another account must be left. Another user's account and an unknown one get the same answer.",
    access: 'authenticated',
    protects: true,
    recent: 'always',
    input: () => ({ id: idField() }),
    refusals: ['not_found', 'disconnect_not_allowed'],
  }),
}
