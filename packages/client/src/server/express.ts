import { createGuardsOf, type GuardsOf } from './guards.ts'
import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'
import type { Verifier } from './verifier.ts'

declare global {
  namespace Express {
    interface Request {
      /** The user of the request, behind a guard of `@latchkey/client/express`. */
      identity?: Identity
    }
  }
}

/** The part of Express's request that a guard uses. */
export interface GuardRequest {
  headers: { authorization?: string | undefined }
  identity?: Identity
}

/** The part of Express's response that a guard uses: that of Node. */
export interface GuardResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown }
}

/** A middleware of Express 4 and 5, and of frameworks with the same interface. */
export type Guard = (request: GuardRequest, response: GuardResponse, next: (error?: unknown) => void) => void

/** Middlewares that set `req.identity` and continue, or refuse the request as the auth server would. */
export type Guards = GuardsOf<Guard>

/** Creates the middlewares of a service. Any error that is no refusal goes to `next`. */
export function createGuards(verifier: Verifier): Guards {
  return createGuardsOf(verifier, (admit): Guard => {
    return (request, response, next) => {
      const answer = (admitted: Identity | AccessRefusal) => {
        if (admitted instanceof AccessRefusal) {
          const { status, headers, body } = admitted.describe()
          response.writeHead(status, headers).end(body)
        } else {
          request.identity = admitted
          next()
        }
      }
      // Express 4 does not wait for a promise. A refusal fails where something else has answered meanwhile.
      admit(request.headers.authorization).then(answer).catch(next)
    }
  })
}

/**
 * Gets the user of a request that a guard admitted.
 *
 * @throws {Error} no guard stands before the handler, which is a mistake in the program
 */
export function identityOf(request: GuardRequest): Identity {
  if (request.identity) return request.identity
  throw new Error('No guard of @latchkey/client/express stands before this handler.')
}
