import {
  type Access,
  isStaffRole,
  type Need,
  type Recency,
  type ResolvedOperation,
  SUPERUSER_ROLE,
} from '@latchkey/contract'
import {
  type Actor,
  authenticate,
  authenticateForLogout,
  type Context,
  countRefusedToken,
  DomainError,
  type FactorCaller,
  getPasskeySite,
  getSetupChallenge,
  type Identity,
  requireBinding,
  requireLevelOfRole,
  requireMfa,
  requireRecent,
  requireRecentOfFactor,
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
  /**
   * Whether the caller can keep tokens. The page after a form shows no tokens, so a browser keeps only a cookie. A form
   * has no proof of a key either, so where one is demanded it signs nobody in.
   */
  keepsTokens: boolean
}

interface SignedIn extends Anyone {
  identity: Identity
}

/** A sign-in that must set up a factor before it has a session, or a caller with one. */
interface SettingUp extends Anyone {
  by: FactorCaller
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
  setup: SettingUp
  logout: Leaving
  staff: Staff
  superuser: Staff
}

/** A call whose caller is not known yet. */
interface Call {
  ctx: RequestContext
  tally: Tally
  /** Reads the body. Most guards do not, so a caller without proof sends nothing that is read. */
  readInput: () => Promise<unknown>
}

type Guard<Kind extends Access> = (call: Call) => Promise<Callers[Kind]>

/** The guard per kind of access. It runs before the input is read, and tells the tally of the call whom it admitted. */
const GUARDS: { [Kind in Access]: Guard<Kind> } = {
  /** Any caller may call. An `Authorization` header is ignored, even a broken one. */
  anonymous: async ({ ctx: { core }, tally }) => {
    await tally.admit(null)
    return { core }
  },
  /** As `anonymous`, for operations that set or read a cookie in both modes. Other sites' pages are refused. */
  cookie: async ({ ctx, tally }) => {
    const { core, request, requireSameSite, cookies, isForm } = ctx
    requireSameSite(request)
    await tally.admit(null)
    const opened = cookies.reset.readAll(request)
    const keepsTokens = !isForm || (cookies.refresh !== null && core.config.dpop !== 'required')
    return { core, opened, keepsTokens }
  },
  authenticated: requireIdentity,
  setup: findSettingUp,
  /** The role comes from the database. The operation decides what staff may do to which user. */
  staff: (call) => requireRole(call, isStaffRole),
  superuser: (call) => requireRole(call, (role) => role === SUPERUSER_ROLE),
  logout: findLeaving,
}

/** What an operator may turn off. The settings alone decide, so the core asks again at no cost. */
const NEEDS: Record<Need, (core: Context) => unknown> = { mfa: requireMfa, passkeys: getPasskeySite }

/** The check of a recent proof, before the fields are read. A definition with it has an access that identifies. */
const RECENCIES: Record<Recency, (core: Context, identity: Identity) => Promise<void>> = {
  always: requireRecent,
  'with a second factor': requireRecentOfFactor,
}

/**
 * Authenticates the caller as the definition of the operation demands, or refuses.
 *
 * CSRF: in cookie mode an operation that sets or reads the cookie of the refresh token refuses pages of other sites.
 * When the token travels in the body a browser adds nothing by itself, so any page may call.
 */
export async function admit(operation: ResolvedOperation, call: Call): Promise<Anyone> {
  const { ctx } = call
  const caller = await GUARDS[operation.access](call)
  if (operation.refreshCookie && ctx.cookies.refresh) ctx.requireSameSite(ctx.request)
  for (const need of operation.needs ?? []) NEEDS[need](ctx.core)
  const identity = findIdentity(caller)
  if (operation.recent && identity) await RECENCIES[operation.recent](ctx.core, identity)
  if (operation.proofUse !== 'binds' || !mayOpen(caller)) return caller
  return { ...caller, core: { ...caller.core, binding: await requireBinding(caller.core) } }
}

/** Whether the call can open a session: not in a session, and not for a caller that keeps no tokens. */
function mayOpen(caller: Anyone | HolderOfLink | SettingUp): boolean {
  if ('keepsTokens' in caller) return caller.keepsTokens
  return !('by' in caller) || 'challenge' in caller.by
}

/** Finds the user of the caller's session. A set-up challenge has none, and counts as recent. */
function findIdentity(caller: Anyone): Identity | null {
  const { by, identity } = caller as { by?: { identity?: Identity }; identity?: Identity }
  return by?.identity ?? identity ?? null
}

async function requireIdentity({ ctx: { core, request }, tally }: Call): Promise<SignedIn> {
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

/** An `Authorization` header decides alone. Without one the set-up challenge in the body stands for it. */
async function findSettingUp(call: Call): Promise<SettingUp> {
  const { core, request } = call.ctx
  if (request.has('authorization')) {
    const { identity } = await requireIdentity(call)
    return { core, by: { identity } }
  }
  await call.tally.admit(null)
  const challenge = await getSetupChallenge(core, await readSetupChallenge(call))
  return { core, by: { challenge } }
}

async function readSetupChallenge({ readInput }: Call): Promise<unknown> {
  const input = (await readInput()) as { setup_challenge_id?: unknown } | null
  return input?.setup_challenge_id
}

async function requireRole(call: Call, reaches: (role: number) => boolean): Promise<Staff> {
  const { core, identity } = await requireIdentity(call)
  if (!reaches(identity.user.role)) throw new DomainError('permission_denied')
  await requireLevelOfRole(core, identity)
  return { core, identity, by: { kind: 'staff', identity } }
}

/**
 * An expired token, or a token of an ended session, may sign out.
 *
 * In cookie mode the cookie alone decides whose session ends, whatever access token is beside it. Every answer removes
 * the cookie.
 */
async function findLeaving({ ctx, tally }: Call): Promise<Leaving> {
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
