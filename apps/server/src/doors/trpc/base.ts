import type { Context } from '@latchkey/core'
import { initTRPC } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { Cookies } from '../http/cookies.ts'
import type { RequireSameSite } from '../http/same-site.ts'
import { type Refusal, toRefusal } from '../refusals.ts'
import type { Visit } from '../telemetry/visit.ts'
import type { ProcedureMeta } from './meta.ts'

export interface RequestContext {
  core: Context
  request: Headers
  /** Further headers of the answer. Cookies are appended here. */
  reply: Headers
  /** Whether a browser posted a form of ours and shows the answer to a person. */
  isForm: boolean
  cookies: Cookies
  requireSameSite: RequireSameSite
  /** The request of the call, for the log and the metrics. */
  visit: Visit
}

/** Describes a refusal in the shape that tRPC clients read. */
export function describeForTrpc(refusal: Refusal) {
  const { status, trpc, code, detail, fields, messages, retryAfterSeconds, proof } = refusal
  return {
    message: detail,
    code: TRPC_ERROR_CODES_BY_KEY[trpc],
    data: { code, httpStatus: status, fields, messages, retryAfterSeconds, ...proof },
  }
}

// The error formatter is set before all else: without it tRPC sends stacks and messages of the validator to callers.
const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ error }) => describeForTrpc(toRefusal(error)),
  })

export const router = t.router

/** A missing body counts as an empty object, over REST and tRPC. A body is read once, when it is first needed. */
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
