// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import type {
  Authenticator,
  ConnectProviderCodeAnswer,
  ConnectProviderCodeInput,
  ConnectProviderTokenAnswer,
  ConnectProviderTokenInput,
  ConnectSocialAccountAnswer,
  Detail,
  EmailChangeInput,
  ListPasskeysAnswer,
  ListUserEventsInput,
  LoginInput,
  MfaStatus,
  NewPasswordInput,
  PageInput,
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  PasswordChangeInput,
  PendingEmailChange,
  ReauthenticateInput,
  RegisterInput,
  RegisterPasskeyAnswer,
  RegisterPasskeyInput,
  ResendVerificationInput,
  SecondFactorAnswer,
  SecurityEvent,
  SessionInfo,
  SetUpTotpAnswer,
  SetupAnswer,
  SignInWithProviderCodeInput,
  SignInWithProviderTokenInput,
  StaffAccount,
  StaffAccountInput,
  StaffEvent,
  StaffUserFilter,
  User,
  UserUpdate,
} from './bodies.ts'

/** The tokens in the answer of an operation that signs in; in cookie mode without `refresh`. */
export interface Tokens {
  access: string
  refresh?: string
  /** The session is bound to the key of a DPoP proof. */
  bound?: true
}

type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>
type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>
type Nothing = Record<string, never> | undefined

/** The tRPC procedures by path. */
export type AppRouterRecord = {
  auth: {
    /** Sign in. */
    login: Mutation<LoginInput, Tokens | SecondFactorAnswer | SetupAnswer>
    /** Exchange a refresh token for a new pair. */
    refresh: Mutation<{ refresh?: string }, Tokens>
    /** Confirm that it is you. */
    reauthenticate: Mutation<ReauthenticateInput, Partial<Tokens> & Detail>
    /** Begin to confirm with a passkey. */
    reauthenticateOptions: Mutation<Nothing, { options: PasskeyRequest }>
    /** Sign out of one session. */
    logout: Mutation<{ refresh?: string }, Detail>
    /** Sign out of every session. */
    logoutAll: Mutation<Nothing, Detail>
  }
  mfa: {
    /** Read the state of one's own second factors. */
    status: Query<Nothing, MfaStatus>
    /** List one's own second factors. */
    authenticators: Query<Nothing, Authenticator[]>
    /** Make a secret for an authenticator app. */
    setup: Mutation<{ setup_challenge_id?: string; replace?: boolean }, SetUpTotpAnswer>
    /** Put an authenticator app in force. */
    activate: Mutation<{ code: string; setup_challenge_id?: string }, { success: true; recovery_codes?: string[] } & Partial<Tokens>>
    /** Complete a sign-in with a code of an authenticator app. */
    verify: Mutation<{ challenge_id: string; code: string }, Tokens>
    /** Complete a sign-in with a recovery code. */
    verifyRecovery: Mutation<{ challenge_id: string; recovery_code: string }, Tokens>
    /** Complete a sign-in with a passkey. */
    verifyPasskey: Mutation<{ challenge_id: string; credential: { id: string; rawId: string; type: string; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string | null } } }, Tokens>
    /** Ask for the passkey at each sign-in with the password. */
    enable: Mutation<Nothing, { success: true; recovery_codes?: string[] }>
    /** Make new recovery codes. */
    replaceRecoveryCodes: Mutation<Nothing, { recovery_codes: string[] }>
    /** Turn the second factor off. */
    deactivate: Mutation<{ password?: string }, { success: true }>
  }
  passkeys: {
    /** Ask for the options of a sign-in with a passkey. */
    signInOptions: Mutation<Nothing, { options: PasskeyRequest }>
    /** Sign in with a passkey. */
    signIn: Mutation<{ credential: { id: string; rawId: string; type: string; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string | null } } }, Tokens>
    /** Ask for the options of a new passkey. */
    registerOptions: Mutation<{ setup_challenge_id?: string }, { options: PasskeyCreation }>
    /** Add a passkey. */
    register: Mutation<RegisterPasskeyInput, RegisterPasskeyAnswer & Partial<Tokens>>
    /** List one's own passkeys. */
    list: Query<Nothing, ListPasskeysAnswer>
    /** Rename one of one's own passkeys. */
    rename: Mutation<{ id: string; name: string }, Passkey>
    /** Remove one of one's own passkeys. */
    delete: Mutation<{ id: string }, void>
  }
  social: {
    /** List the providers that people may sign in with. */
    providers: Query<Nothing, { id: string; name: string; client_id: string }[]>
    /** Sign in with tokens of a provider. */
    signInWithToken: Mutation<SignInWithProviderTokenInput, Tokens | SecondFactorAnswer | SetupAnswer>
    /** Sign in with a code of a provider. */
    signInWithCode: Mutation<SignInWithProviderCodeInput, Tokens | SecondFactorAnswer | SetupAnswer>
    /** Connect an account at a provider by its tokens. */
    connectWithToken: Mutation<ConnectProviderTokenInput, ConnectProviderTokenAnswer>
    /** Connect an account at a provider by its code. */
    connectWithCode: Mutation<ConnectProviderCodeInput, ConnectProviderCodeAnswer>
    /** List one's own accounts at providers. */
    accounts: Query<Nothing, { id: string; provider: string; uid: string; last_login: string; date_joined: string }[]>
    /** Disconnect one of one's own accounts at providers. */
    disconnect: Mutation<{ id: string }, void>
    /** Sign in after a redirect to a provider. */
    session: Mutation<{ code: string; code_verifier: string }, Tokens | SecondFactorAnswer | SetupAnswer>
    /** Connect an account after a redirect to a provider. */
    connect: Mutation<{ code: string; code_verifier: string }, ConnectSocialAccountAnswer>
  }
  registration: {
    /** Sign up. */
    register: Mutation<RegisterInput, (Partial<Tokens> | SecondFactorAnswer | SetupAnswer) & Partial<Detail>>
    /** Follow a verification link. */
    verify: Mutation<{ key: string }, Detail>
    /** Send the verification mail again. */
    resend: Mutation<ResendVerificationInput, Detail>
  }
  password: {
    /** Change the password. */
    change: Mutation<PasswordChangeInput, Partial<Tokens> & Detail>
    /** Ask for a password reset. */
    requestReset: Mutation<{ email: string; redirect_to?: string }, Detail>
    /** Set a new password by a reset link. */
    setNew: Mutation<NewPasswordInput, (Partial<Tokens> | SecondFactorAnswer | SetupAnswer) & Detail>
  }
  email: {
    /** Ask for another address. */
    change: Mutation<EmailChangeInput, Detail>
    /** Read the pending change of address. */
    pendingChange: Query<Nothing, { pending: PendingEmailChange | null }>
    /** Cancel the pending change of address. */
    cancelChange: Mutation<Nothing, void>
    /** Follow the link of a change of address. */
    confirmChange: Mutation<{ key: string }, Detail>
  }
  user: {
    /** Read one's own details. */
    get: Query<Nothing, User>
    /** Change some of one's own details. */
    update: Mutation<UserUpdate, User>
    /** Delete one's own account. */
    delete: Mutation<{ password?: string }, void>
  }
  sessions: {
    /** List one's own sessions. */
    list: Query<Nothing, { sessions: SessionInfo[] }>
    /** End one of one's own sessions. */
    revoke: Mutation<{ id: string }, void>
  }
  security: {
    /** List what happened to one's own account. */
    events: Query<PageInput, { events: SecurityEvent[]; next_cursor: string | null }>
  }
  staff: {
    users: {
      /** List and search accounts. */
      list: Query<StaffUserFilter, { users: StaffAccount[]; next_cursor: string | null }>
      /** Read an account. */
      get: Query<{ id: string }, StaffAccount>
      /** Make an account. */
      create: Mutation<StaffAccountInput, StaffAccount>
      /** Deactivate an account. */
      deactivate: Mutation<{ id: string }, void>
      /** Reactivate an account. */
      reactivate: Mutation<{ id: string }, void>
      /** Give an account another role. */
      setRole: Mutation<{ id: string; role: number }, void>
      /** Mail an account's owner a link for a new password. */
      sendReset: Mutation<{ id: string; redirect_to?: string }, Detail>
      /** Remove an account's second factors. */
      resetFactors: Mutation<{ id: string }, void>
      /** Delete an account. */
      delete: Mutation<{ id: string }, void>
    }
    sessions: {
      /** List the sessions of an account. */
      list: Query<{ id: string }, { sessions: SessionInfo[] }>
      /** End one session of an account. */
      end: Mutation<{ id: string; session_id: string }, void>
      /** End every session of an account. */
      endAll: Mutation<{ id: string }, void>
    }
    events: {
      /** List what happened to an account. */
      list: Query<ListUserEventsInput, { events: StaffEvent[]; next_cursor: string | null }>
    }
  }
}
