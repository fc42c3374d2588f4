// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import type {
  Detail,
  EmailChangeInput,
  ListUserEventsInput,
  LoginInput,
  NewPasswordInput,
  PageInput,
  PasswordChangeInput,
  PendingEmailChange,
  RegisterInput,
  ResendVerificationInput,
  SecurityEvent,
  SessionInfo,
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
}

type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>
type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>
type Nothing = Record<string, never> | undefined

/** The tRPC procedures by path. */
export type AppRouterRecord = {
  auth: {
    /** Sign in. */
    login: Mutation<LoginInput, Tokens>
    /** Exchange a refresh token for a new pair. */
    refresh: Mutation<{ refresh?: string }, Tokens>
    /** Sign out of one session. */
    logout: Mutation<{ refresh?: string }, Detail>
    /** Sign out of every session. */
    logoutAll: Mutation<Nothing, Detail>
  }
  registration: {
    /** Sign up. */
    register: Mutation<RegisterInput, Partial<Detail & Tokens>>
    /** Follow a verification link. */
    verify: Mutation<{ key: string }, Detail>
    /** Send the verification mail again. */
    resend: Mutation<ResendVerificationInput, Detail>
  }
  password: {
    /** Change the password. */
    change: Mutation<PasswordChangeInput, Detail & Partial<Tokens>>
    /** Ask for a password reset. */
    requestReset: Mutation<{ email: string; redirect_to?: string }, Detail>
    /** Set a new password by a reset link. */
    setNew: Mutation<NewPasswordInput, Detail & Partial<Tokens>>
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
    delete: Mutation<{ password: string }, void>
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
