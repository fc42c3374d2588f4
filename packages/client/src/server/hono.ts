import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'
import { requireRole, requireVerifiedEmail } from './require.ts'
import type { Verifier } from './verifier.ts'

/** For `new Hono<{ Variables: LatchkeyVariables }>()`, so that `c.get('identity')` is typed. */
export interface LatchkeyVariables {
  identity: Identity
}

/** As much of Hono's context as is needed here. */
export interface GuardContext {
  req: { header(name: string): string | undefined }
  set(key: 'identity', value: Identity): void
}

/** A middleware of Hono, or of anything shaped like it. */
export type Guard = (c: GuardContext, next: () => Promise<void>) => Promise<Response | undefined>

/** Middlewares that let a request go on, with `c.get('identity')`, or answer it as the auth server would. */
export interface Guards {
  /** Whoever is signed in. */
  requireUser(): Guard
  /** Whoever has one of the roles. */
  requireRole(...roles: number[]): Guard
  /** Whoever has proven their address. */
  requireVerifiedEmail(): Guard
}

/** Makes the middlewares of a service. */
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
