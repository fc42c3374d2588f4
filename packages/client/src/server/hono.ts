import { createGuardsOf, type GuardsOf } from './guards.ts'
import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'
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
export type Guards = GuardsOf<Guard>

/** Creates the middlewares of a service. */
export function createGuards(verifier: Verifier): Guards {
  return createGuardsOf(verifier, (admit): Guard => {
    return async (c, next) => {
      const admitted = await admit(c.req.header('authorization'))
      if (admitted instanceof AccessRefusal) return admitted.toResponse()
      c.set('identity', admitted)
      await next()
      return undefined
    }
  })
}
