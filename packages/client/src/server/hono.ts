import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'
import { requireRole, requireVerifiedEmail } from './require.ts'
import type { Verifier } from './verifier.ts'

/** The variables of `new Hono<{ Variables: LatchkeyVariables }>()`, which give `c.get('identity')` its type. */
export interface LatchkeyVariables {
  identity: Identity
}

/** The part of Hono's context that a guard uses. */
export interface GuardContext {
  req: { header(name: string): string | undefined }
  set(key: 'identity', value: Identity): void
}

/** A middleware of Hono, or of a framework with the same interface. */
export type Guard = (c: GuardContext, next: () => Promise<void>) => Promise<Response | undefined>

/** Middlewares that set `c.get('identity')` and continue, or refuse the request as the auth server would. */
export interface Guards {
  /** Admits every signed-in user. */
  requireUser(): Guard
  /** Admits users with one of the roles. */
  requireRole(...roles: number[]): Guard
  /** Admits users with a verified address. */
  requireVerifiedEmail(): Guard
}

/** Creates the middlewares of a service. */
export function createGuards(verifier: Verifier): Guards {
  return {
    requireUser: () => createGuard(verifier, () => {}),
    requireRole: (...roles) => createGuard(verifier, (identity) => requireRole(identity, ...roles)),
    requireVerifiedEmail: () => createGuard(verifier, requireVerifiedEmail),
  }
}

function createGuard(verifier: Verifier, check: (identity: Identity) => void): Guard {
  return async (c, next) => {
    try {
      const identity = await verifier.authenticate(c.req.header('authorization'))
      check(identity)
      c.set('identity', identity)
    } catch (error) {
      if (error instanceof AccessRefusal) return error.toResponse()
      throw error
    }
    await next()
    return undefined
  }
}
