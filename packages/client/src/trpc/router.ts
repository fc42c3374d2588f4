import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
} from '@trpc/server'
import type { FieldErrors } from '../http/error.ts'
import type {
  Detail,
  EmailChangeInput,
  LoginInput,
  NewPasswordInput,
  PageInput,
  PasswordChangeInput,
  RegisterInput,
  SecurityEvent,
  SessionInfo,
  User,
  UserUpdate,
} from '../operations/bodies.ts'
import type { StaffAccount, StaffAccountInput, StaffEvent } from '../operations/staff-bodies.ts'
import type { StaffUserFilter } from '../operations/staff-operations.ts'

/** The tokens in the answer of an operation that signs in; in cookie mode without `refresh`. */
export interface Tokens {
  access: string
  refresh?: string
}

/** The shape of a refusal, whose `data` is `error.data` of a `TRPCClientError`. */
export interface RefusalShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape['data'] & {
    fields?: FieldErrors
    messages?: { token_class: string; token_type: string; message: string }[]
    retryAfterSeconds?: number
  }
}

interface RootTypes {
  ctx: object
  meta: object
  errorShape: RefusalShape
  transformer: false
}

type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>
type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>
type Empty = Record<string, never>
type Nothing = Empty | undefined
type DetailWithTokens = Detail & Partial<Tokens>

/** The procedures by their paths. */
export type AppRouterRecord = {
  auth: {
    login: Mutation<LoginInput, Tokens>
    refresh: Mutation<{ refresh?: string }, Tokens>
    logout: Mutation<{ refresh?: string }, Detail>
    logoutAll: Mutation<Nothing, Detail>
  }
  registration: {
    register: Mutation<RegisterInput, Partial<Detail & Tokens>>
    verify: Mutation<{ key: string }, Detail>
    resend: Mutation<{ email: string }, Detail>
  }
  password: {
    change: Mutation<PasswordChangeInput, DetailWithTokens>
    requestReset: Mutation<{ email: string }, Detail>
    setNew: Mutation<NewPasswordInput, DetailWithTokens>
  }
  user: {
    get: Query<Nothing, User>
    update: Mutation<UserUpdate, User>
    delete: Mutation<{ password: string }, void>
  }
  email: {
    change: Mutation<EmailChangeInput, Detail>
    confirmChange: Mutation<{ key: string }, Detail>
  }
  sessions: {
    list: Query<Nothing, { sessions: SessionInfo[] }>
    revoke: Mutation<{ id: string }, void>
  }
  security: {
    events: Query<PageInput, { events: SecurityEvent[]; next_cursor: string | null }>
  }
  staff: {
    users: {
      list: Query<StaffUserFilter, { users: StaffAccount[]; next_cursor: string | null }>
      get: Query<{ id: string }, StaffAccount>
      create: Mutation<StaffAccountInput, StaffAccount>
      deactivate: Mutation<{ id: string }, void>
      reactivate: Mutation<{ id: string }, void>
      setRole: Mutation<{ id: string; role: number }, void>
      sendReset: Mutation<{ id: string }, Detail>
      delete: Mutation<{ id: string }, void>
    }
    sessions: {
      list: Query<{ id: string }, { sessions: SessionInfo[] }>
      end: Mutation<{ id: string; session_id: string }, void>
      endAll: Mutation<{ id: string }, void>
    }
    events: {
      list: Query<PageInput & { id: string }, { events: StaffEvent[]; next_cursor: string | null }>
    }
  }
}

/**
 * The server's router, written out so that an editor infers little and needs no source of the server.
 *
 * Use it for `createTRPCClient<AppRouter>` and for the tRPC bindings of other libraries.
 */
export type AppRouter = TRPCBuiltRouter<RootTypes, AppRouterRecord>
