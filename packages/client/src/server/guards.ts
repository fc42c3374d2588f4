import type { Identity } from './identity.ts'
import { createRecencyCheck, type RecentAuthentication } from './recent-authentication.ts'
import { AccessRefusal } from './refusal.ts'
import { requireRole, requireVerifiedEmail } from './require.ts'
import type { Verifier } from './verifier.ts'

/** The guards of a framework: they admit a request, or refuse it as the auth server would. */
export interface GuardsOf<Guard> {
  /** Admits every signed-in user. */
  requireUser(): Guard
  /** Admits users with one of the roles. */
  requireRole(...roles: number[]): Guard
  /** Admits users with a verified address. */
  requireVerifiedEmail(): Guard
  /**
   * Admits users who have proven who they are a short time ago.
   *
   * @throws {RangeError} an option is out of its bounds
   */
  requireRecentAuthentication(options?: RecentAuthentication): Guard
}

/**
 * Verifies the access token of a request.
 *
 * @returns the user, or the refusal to answer with; any other error is thrown
 */
export type Admit = (authorization: string | undefined) => Promise<Identity | AccessRefusal>

/**
 * Creates the guards of a framework.
 *
 * @param create - makes one guard, a middleware or a hook, from what it asks of a request
 */
export function createGuardsOf<Guard>(verifier: Verifier, create: (admit: Admit) => Guard): GuardsOf<Guard> {
  const guard = (check: (identity: Identity) => void) =>
    create(async (authorization) => {
      try {
        const identity = await verifier.authenticate(authorization)
        check(identity)
        return identity
      } catch (error) {
        if (error instanceof AccessRefusal) return error
        throw error
      }
    })
  return {
    requireUser: () => guard(() => {}),
    requireRole: (...roles) => guard((identity) => requireRole(identity, ...roles)),
    requireVerifiedEmail: () => guard(requireVerifiedEmail),
    requireRecentAuthentication: (options) =>
      guard(createRecencyCheck({ clockToleranceSeconds: verifier.clockToleranceSeconds, ...options })),
  }
}
