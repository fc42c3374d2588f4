import { type Access, isStaffRole, type ResolvedOperation, SUPERUSER_ROLE } from '@latchkey/contract'
import {
  type Actor,
  authenticate,
  authenticateForLogout,
  type Context,
  countRefusedToken,
  DomainError,
  type Identity,
} from '@latchkey/core'
import { getBearerToken } from '../http/bearer.ts'
import type { RequestContext } from './base.ts'
import type { Tally } from './tally.ts'

interface Anyone {
  core: Context
}

interface HolderOfLink extends Anyone {
  /** The tokens of opened reset links, from their cookies. */
  opened: string[]
  /** Whether the caller can keep tokens. The page after a form shows no tokens, so a browser keeps only a cookie. */
  keepsTokens: boolean
}

interface SignedIn extends Anyone {
  identity: Identity
}

interface Leaving extends Anyone {
  /** Null where the cookie decides: the caller is the owner of its token. */
  identity: Pick<Identity, 'userId'> | null
}

interface Staff extends SignedIn {
  by: Actor
}

/** The caller, per kind of access. A handler gets this and no other part of the request. */
export interface Callers {
  anonymous: Anyone
  cookie: HolderOfLink
  authenticated: SignedIn
  logout: Leaving
  staff: Staff
  superuser: Staff
}

type Guard<Kind extends Access> = (ctx: RequestContext, tally: Tally) => Promise<Callers[Kind]>

/** The guard per kind of access. It runs before the input is read, and tells the tally of the call whom it admitted. */
const GUARDS: { [Kind in Access]: Guard<Kind> } = {
  /** Any caller may call. An `Authorization` header is ignored, even a broken one. */
  anonymous: async ({ core }, tally) => {
    await tally.admit(null)
    return { core }
  },
  /** As `anonymous`, for operations that set or read a cookie in both modes. Other sites' pages are refused. */
  cookie: async ({ core, request, requireSameSite, cookies, isForm }, tally) => {
    requireSameSite(request)
    await tally.admit(null)
    const opened = cookies.reset.readAll(request)
    return { core, opened, keepsTokens: !isForm || cookies.refresh !== null }
  },
  authenticated: requireIdentity,
  /** The role comes from the database. The operation decides what staff may do to which user. */
  staff: (ctx, tally) => requireRole(ctx, tally, isStaffRole),
  superuser: (ctx, tally) => requireRole(ctx, tally, (role) => role === SUPERUSER_ROLE),
  logout: findLeaving,
}

/**
 * Authenticates the caller as the definition of the operation demands, or refuses.
 *
 * CSRF: in cookie mode an operation that sets or reads the cookie of the refresh token refuses pages of other sites.
 * When the token travels in the body a browser adds nothing by itself, so any page may call.
 */
export async function admit(
  ctx: RequestContext,
  operation: ResolvedOperation,
  tally: Tally,
): Promise<Anyone> {
  const caller = await GUARDS[operation.access](ctx, tally)
  if (operation.refreshCookie && ctx.cookies.refresh) ctx.requireSameSite(ctx.request)
  return caller
}

async function requireIdentity({ core, request }: RequestContext, tally: Tally): Promise<SignedIn> {
  const identity = await authenticate(core, await requireBearerToken(core, request))
  await tally.admit(identity)
  return { core, identity }
}

/** A call without a token counts as one with a bad token. */
async function requireBearerToken(core: Context, request: Headers): Promise<string> {
  try {
    return getBearerToken(request.get('authorization'))
  } catch (refusal) {
    await countRefusedToken(core)
    throw refusal
  }
}

async function requireRole(
  ctx: RequestContext,
  tally: Tally,
  reaches: (role: number) => boolean,
): Promise<Staff> {
  const { core, identity } = await requireIdentity(ctx, tally)
  if (!reaches(identity.user.role)) throw new DomainError('permission_denied')
  return { core, identity, by: { kind: 'staff', identity } }
}

/**
 * An expired token, or a token of an ended session, may sign out.
 *
 * In cookie mode the cookie alone decides whose session ends, whatever access token is beside it. Every answer removes
 * the cookie.
 */
async function findLeaving(ctx: RequestContext, tally: Tally): Promise<Leaving> {
  const { core, request, reply, cookies } = ctx
  if (cookies.refresh) {
    await tally.admit(null)
    ctx.requireSameSite(request)
    cookies.refresh.clear(reply)
    return { core, identity: null }
  }
  const identity = await authenticateForLogout(core, await requireBearerToken(core, request))
  await tally.admit(null)
  return { core, identity }
}
