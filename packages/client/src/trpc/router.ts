import type { TRPCBuiltRouter, TRPCDefaultErrorShape } from '@trpc/server'
import type { AppRouterRecord } from '../generated/router-record.ts'
import type { FieldErrors, LatchkeyErrorCode, ProofMethod } from '../http/error.ts'

/** The shape of a refusal, whose `data` is `error.data` of a `TRPCClientError`. */
export interface RefusalShape extends Omit<TRPCDefaultErrorShape, 'data'> {
  data: {
    code: LatchkeyErrorCode
    httpStatus: number
    fields?: FieldErrors
    messages?: { token_class: string; token_type: string; message: string }[]
    retryAfterSeconds?: number
    /** After `insufficient_user_authentication`: what this account can be proven with. */
    methods?: ProofMethod[]
    /** After `insufficient_user_authentication`: the longest time since the proof, in seconds. */
    max_age?: number
    /** After `insufficient_user_authentication`: `aal2` where two factors or a passkey are asked for. */
    acr_values?: string
  }
}

interface RootTypes {
  ctx: object
  meta: object
  errorShape: RefusalShape
  transformer: false
}

/**
 * The server's router, written out so that an editor infers little and needs no source of the server.
 *
 * Use it for `createTRPCClient<AppRouter>` and for the tRPC bindings of other libraries.
 */
export type AppRouter = TRPCBuiltRouter<RootTypes, AppRouterRecord>
