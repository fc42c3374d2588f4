import {
  authenticate,
  authenticateForLogout,
  type Context,
  countAnonymousCall,
  countUserCall,
  DomainError,
  findTokenOwner,
  isStaffRole,
  SUPERUSER_ROLE,
} from '@latchkey/core'
import { initTRPC } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { getBearerToken } from '../http/bearer.ts'
import type { RequireSameSite } from '../http/same-site.ts'
import type { Cookies } from '../http/token-cookies.ts'
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

/** No body at all is an empty object, through either door; a body is read once, whoever asks for it. */
const baseProcedure = t.procedure.use(({ next, getRawInput }) => {
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

/** Anyone may call; an `Authorization` header is ignored, even a broken one. */
export const anonymousProcedure = baseProcedure
  .meta({ access: 'anonymous' })
  .use(async ({ ctx, meta, next }) => {
    if (meta?.countedBy !== 'session') {
      await countAnonymousCall(ctx.core)
      return next()
    }
    const result = await next()
    // An input without a token never reached what counts by session.
    if (!result.ok && result.error.code === 'BAD_REQUEST') await countAnonymousCall(ctx.core)
    return result
  })

/** As {@link anonymousProcedure}, for what sets or reads a cookie: not from another site's page. */
export const cookieProcedure = baseProcedure.meta({ access: 'cookie' }).use(async ({ ctx, next }) => {
  ctx.requireSameSite(ctx.request)
  await countAnonymousCall(ctx.core)
  return next()
})

/** Only the holder of an access token of a live session; refused before the input is looked at. */
export const authenticatedProcedure = baseProcedure
  .meta({ access: 'authenticated' })
  .use(async ({ ctx, next }) => {
    const identity = await authenticate(ctx.core, getBearerToken(ctx.request.get('authorization')))
    await countUserCall(ctx.core, identity.userId)
    return next({ ctx: { identity } })
  })

/** Only staff and superusers, by the role the database has now; what they may do to whom, the operation decides. */
export const staffProcedure = authenticatedProcedure.meta({ access: 'staff' }).use(({ ctx, next }) => {
  const { identity } = ctx
  if (!isStaffRole(identity.user.role)) throw new DomainError('permission_denied')
  return next({ ctx: { by: { kind: 'staff' as const, identity } } })
})

/** As {@link staffProcedure}, but superusers alone. */
export const superuserProcedure = staffProcedure.meta({ access: 'superuser' }).use(({ ctx, next }) => {
  if (ctx.identity.user.role !== SUPERUSER_ROLE) throw new DomainError('permission_denied')
  return next()
})

/**
 * For what sets or reads the refresh token's cookie: in cookie mode not from another site's page.
 *
 * Where the token travels in the body there is nothing a browser would add by itself, and any page may call.
 */
export const guardRefreshCookie = t.middleware(({ ctx, next }) => {
  if (ctx.cookies.refresh) ctx.requireSameSite(ctx.request)
  return next()
})

/**
 * As {@link authenticatedProcedure}, but an expired token or one of an ended session will do: to sign out. In cookie
 * mode the cookie alone suffices, and the answer removes it whatever it says.
 */
export const logoutProcedure = baseProcedure
  .meta({ access: 'logout' })
  .use(guardRefreshCookie)
  .use(async ({ ctx, next }) => {
    const cookie = ctx.cookies.refresh
    cookie?.clear(ctx.reply)
    const refresh = cookie?.read(ctx.request)
    const userId = refresh === undefined ? null : await findTokenOwner(ctx.core, refresh)
    if (userId !== null) {
      await countUserCall(ctx.core, userId)
      return next({ ctx: { identity: { userId } } })
    }
    const { userId: bearer } = await authenticateForLogout(
      ctx.core,
      getBearerToken(ctx.request.get('authorization')),
    )
    await countUserCall(ctx.core, bearer)
    return next({ ctx: { identity: { userId: bearer } } })
  })
