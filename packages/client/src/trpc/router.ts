import type { TRPCBuiltRouter, TRPCDefaultErrorShape } from '@trpc/server'
import type { AppRouterRecord } from '../generated/router-record.ts'
import type { FieldErrors } from '../http/error.ts'

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

/**
 * The server's router, written out so that an editor infers little and needs no source of the server.
 *
 * Use it for `createTRPCClient<AppRouter>` and for the tRPC bindings of other libraries.
 */
export type AppRouter = TRPCBuiltRouter<RootTypes, AppRouterRecord>
