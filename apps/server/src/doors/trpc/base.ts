import type { Context } from '@latchkey/core'
import { initTRPC } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { Cookies } from '../http/cookies.ts'
import type { RequireSameSite } from '../http/same-site.ts'
import { type Refusal, toRefusal } from '../refusals.ts'
import type { ProcedureMeta } from './meta.ts'

export interface RequestContext {
  core: Context
  request: Headers
  /** Headers the answer carries beside its own; cookies are appended here. */
  reply: Headers
  /** Whether a browser posted a form of ours and shows the answer to a person. */
  isForm: boolean
  cookies: Cookies
  requireSameSite: RequireSameSite
}

/** A refusal in the shape tRPC clients read. */
export function describeForTrpc(refusal: Refusal) {
  const { status, trpc, code, detail, fields, messages, retryAfterSeconds } = refusal
  return {
    message: detail,
    code: TRPC_ERROR_CODES_BY_KEY[trpc],
    data: { code, httpStatus: status, fields, messages, retryAfterSeconds },
  }
}

// First of all the error formatter: tRPC's own tells callers stacks and the insides of the validator.
const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ error }) => describeForTrpc(toRefusal(error)),
  })

export const router = t.router

/** No body at all is an empty object, through either door; a body is read once, by the first that asks for it. */
export const baseProcedure = t.procedure.use(({ next, getRawInput }) => {
  let reading: Promise<unknown> | undefined
  const read = async () => {
    const input = await getRawInput()
    return input === undefined ? {} : input
  }
  return next({
    getRawInput: () => {
      reading ??= read()
      return reading
    },
  })
})
