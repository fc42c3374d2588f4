import { type Access, isStaffRole, type ResolvedOperation, SUPERUSER_ROLE } from '@latchkey/contract'
import {
  type Actor,
  authenticate,
  authenticateForLogout,
  type Context,
  countAnonymousCall,
  countUserCall,
  DomainError,
  type Identity,
} from '@latchkey/core'
import { findTokenOwner } from '@latchkey/core/operations/auth/logout'
import { getBearerToken } from '../http/bearer.ts'
import type { RequestContext } from './base.ts'

interface Anyone {
  core: Context
}

interface HolderOfLink extends Anyone {
  /** The token of an opened reset link, from its cookie. */
  opened: string | undefined
  /** Whether the caller can keep tokens: a form shows its reader none, so that a cookie alone brings them. */
  keepsTokens: boolean
}

interface SignedIn extends Anyone {
  identity: Identity
}

interface Leaving extends Anyone {
  identity: Pick<Identity, 'userId'>
}

interface Staff extends SignedIn {
  by: Actor
}

/** Who calls, for each kind of access; a handler is given this and nothing else of the request. */
export interface Callers {
  anonymous: Anyone
  cookie: HolderOfLink
  authenticated: SignedIn
  logout: Leaving
  staff: Staff
  superuser: Staff
}

type Guard<Kind extends Access> = (
  ctx: RequestContext,
  operation: Pick<ResolvedOperation, 'countedBy'>,
) => Promise<Callers[Kind]>

/** What each kind of access asks of a caller, before the input is looked at; each call is counted. */
const GUARDS: { [Kind in Access]: Guard<Kind> } = {
  /** Anyone may call; an `Authorization` header is ignored, even a broken one. */
  anonymous: async ({ core }, { countedBy }) => {
    if (countedBy !== 'session') await countAnonymousCall(core)
    return { core }
  },
  /** As `anonymous`, for what sets or reads a cookie in either mode: not from another site's page. */
  cookie: async ({ core, request, requireSameSite, cookies, isForm }) => {
    requireSameSite(request)
    await countAnonymousCall(core)
    const opened = cookies.reset.read(request)
    return { core, opened, keepsTokens: !isForm || cookies.refresh !== null }
  },
  authenticated: requireIdentity,
  /** By the role the database has now; what staff may do to whom, the operation decides. */
  staff: (ctx) => requireRole(ctx, isStaffRole),
  superuser: (ctx) => requireRole(ctx, (role) => role === SUPERUSER_ROLE),
  logout: findLeaving,
}

/**
 * Finds out who calls, as an operation's definition demands it, or refuses.
 *
 * In cookie mode, what sets or reads the refresh token's cookie is refused to pages of other sites. Where the token
 * travels in the body there is nothing a browser would add by itself, and any page may call.
 */
export async function admit(ctx: RequestContext, operation: ResolvedOperation): Promise<Anyone> {
  const caller = await GUARDS[operation.access](ctx, operation)
  if (operation.refreshCookie && ctx.cookies.refresh) ctx.requireSameSite(ctx.request)
  return caller
}

async function requireIdentity({ core, request }: RequestContext): Promise<SignedIn> {
  const identity = await authenticate(core, getBearerToken(request.get('authorization')))
  await countUserCall(core, identity.userId)
  return { core, identity }
}

async function requireRole(ctx: RequestContext, reaches: (role: number) => boolean): Promise<Staff> {
  const { core, identity } = await requireIdentity(ctx)
  if (!reaches(identity.user.role)) throw new DomainError('permission_denied')
  return { core, identity, by: { kind: 'staff', identity } }
}

/**
 * An expired token or one of an ended session will do to sign out. In cookie mode the cookie alone suffices, and the
 * answer removes it whatever it says.
 */
async function findLeaving({
  core,
  request,
  reply,
  cookies,
  requireSameSite,
}: RequestContext): Promise<Leaving> {
  if (cookies.refresh) requireSameSite(request)
  cookies.refresh?.clear(reply)
  const refresh = cookies.refresh?.read(request)
  const owner = refresh === undefined ? null : await findTokenOwner(core, refresh)
  const userId =
    owner ?? (await authenticateForLogout(core, getBearerToken(request.get('authorization')))).userId
  await countUserCall(core, userId)
  return { core, identity: { userId } }
}
