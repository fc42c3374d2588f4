import {
  type ContractSettings,
  type FieldErrors,
  type GivenTo,
  type InputOf,
  type KindOf,
  type OperationDefinition,
  type OutputOf,
  type ResolvedOperation,
  type ResultOf,
  resolveOperation,
} from '@latchkey/contract'
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import { readIdempotencyKey } from '../http/idempotency-key.ts'
import { fromWire } from '../translate.ts'
import { tellAllFaults } from './all-faults.ts'
import { answer, outputOf, presentRefreshTokens } from './answer.ts'
import { baseProcedure, type RequestContext } from './base.ts'
import { admit, type Callers } from './guards.ts'
import { describeProcedure, type ProcedureMeta } from './meta.ts'
import { readOnce } from './read-once.ts'
import { createTally, type Tally } from './tally.ts'
import { tryEach } from './try-each.ts'
import { watchCall } from './watch-call.ts'

/** Runs an operation for an admitted caller: calls one operation of the core and returns its result. */
export type Handler<Definition extends OperationDefinition> = (
  caller: Callers[Definition['access']],
  input: GivenTo<Definition>,
) => Promise<ResultOf<Definition>>

/** Finds faults of the well-formed fields, after other fields were refused as malformed. */
export type FindFaults<Definition extends OperationDefinition> = (
  caller: Callers[Definition['access']],
  wellFormed: Partial<GivenTo<Definition>>,
) => Promise<FieldErrors>

interface ProcedureTypes<Definition extends OperationDefinition> {
  input: InputOf<Definition>
  output: OutputOf<Definition>
  meta: ProcedureMeta
}

/** The tRPC procedure of an operation, as clients type it. */
export type ProcedureOf<Definition extends OperationDefinition> =
  KindOf<Definition> extends 'query'
    ? TRPCQueryProcedure<ProcedureTypes<Definition>>
    : TRPCMutationProcedure<ProcedureTypes<Definition>>

/** An operation with its implementation. The settings of a server turn it into a procedure. */
export interface Implementation<Definition extends OperationDefinition = OperationDefinition> {
  definition: Definition
  create: (settings: ContractSettings) => ProcedureOf<Definition>
}

/** A request whose caller was admitted. */
type AdmittedContext = RequestContext & { caller: object; tally: Tally; fromHeaders: object }

/** An {@link Implementation} without the types of its operation. */
interface Work {
  handle: (caller: object, input: object) => Promise<unknown>
  findFaults?: (caller: object, wellFormed: object) => Promise<FieldErrors>
}

/**
 * Implements an operation. Guard, counting, cookies, schemas and the document come from its definition.
 *
 * @param options.findFaults - set when all failing fields are named at once, malformed or not
 */
export function implement<Definition extends OperationDefinition>(
  definition: Definition,
  handle: Handler<Definition>,
  options: { findFaults?: FindFaults<Definition> } = {},
): Implementation<Definition> {
  const work = { handle, ...options } as unknown as Work
  return {
    definition,
    create: (settings) => {
      const operation = resolveOperation(definition, settings)
      return createProcedure(operation, work) as unknown as ProcedureOf<Definition>
    },
  }
}

function createProcedure(operation: ResolvedOperation, { handle, findFaults }: Work) {
  const procedure = baseProcedure
    .meta(describeProcedure(operation))
    .use(({ ctx, next }) => watchCall(operation, ctx, (core) => next({ ctx: { core } })))
    .use(async ({ ctx, next, getRawInput: readInput }) => {
      const tally = createTally(ctx.core, operation)
      try {
        const caller = await admit(operation, { ctx, tally, readInput })
        return await next({ ctx: { caller, tally, fromHeaders: readHeaders(operation, ctx.request) } })
      } finally {
        await tally.finish()
      }
    })
    .use(({ next, getRawInput }) => {
      // Where the cookie decides, no body is read, whatever its media type is.
      return next({ getRawInput: operation.cookieDecides ? async () => ({}) : getRawInput })
    })
    .use(async ({ ctx, next }) => {
      const result = await next()
      if (!findFaults) return result
      return tellAllFaults(result, async (wellFormed) => {
        await ctx.tally.finish()
        return findFaults(ctx.caller, wellFormed)
      })
    })
    .input(findFaults ? readOnce(operation.shape) : operation.input)
    .output(outputOf(operation))
  const resolve = async ({ ctx, input }: { ctx: AdmittedContext; input: unknown }) => {
    const given = await presentRefreshTokens(ctx, operation, fromWire({ ...(input as object) }))
    if (given.length === 0) return undefined
    await ctx.tally.reach()
    const endsAll = operation.refreshCookie === 'removes'
    const work = (one: object) => handle(ctx.caller, { ...one, ...ctx.fromHeaders })
    return answer(ctx, operation, await tryEach(given, work, { all: endsAll }))
  }
  return operation.kind === 'query' ? procedure.query(resolve) : procedure.mutation(resolve)
}

/** Reads the part of the input that is in headers. */
function readHeaders({ takesIdempotencyKey }: ResolvedOperation, request: Headers): object {
  return takesIdempotencyKey ? { idempotencyKey: readIdempotencyKey(request) } : {}
}
