import { createGuardsOf, type GuardsOf } from './guards.ts'
import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'
import type { Verifier } from './verifier.ts'

/** The part of Fastify's request that a guard uses. */
export interface GuardRequest {
  headers: { authorization?: string | undefined }
}

/** The part of Fastify's reply that a guard uses. */
export interface GuardReply {
  code(status: number): { headers(values: Record<string, string>): { send(body: string): unknown } }
}

/** A hook of Fastify 4 and 5, for `onRequest` and `preHandler`. */
export type Guard = (request: GuardRequest, reply: GuardReply) => Promise<unknown>

/** Hooks that admit a request, whose handler then reads `identityOf(request)`, or refuse it as the auth server would. */
export type Guards = GuardsOf<Guard>

/** Fastify wants every property of a request to be declared in advance. A map needs no declaration. */
const identities = new WeakMap<object, Identity>()

/** Creates the hooks of a service. Any error that is no refusal goes to the error handler of Fastify. */
export function createGuards(verifier: Verifier): Guards {
  return createGuardsOf(verifier, (admit): Guard => {
    return async (request, reply) => {
      const admitted = await admit(request.headers.authorization)
      if (admitted instanceof AccessRefusal) {
        const { status, headers, body } = admitted.describe()
        reply.code(status).headers(headers).send(body)
        // A hook that returns the sent reply ends the request.
        return reply
      }
      identities.set(request, admitted)
      return undefined
    }
  })
}

/**
 * Gets the user of a request that a guard admitted.
 *
 * @throws {Error} no guard stands before the handler, which is a mistake in the program
 */
export function identityOf(request: GuardRequest): Identity {
  const identity = identities.get(request)
  if (identity) return identity
  throw new Error('No guard of @latchkey/client/fastify stands before this handler.')
}
