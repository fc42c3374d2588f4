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
import { countAnonymousCall } from '@latchkey/core'
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import { fromWire } from '../translate.ts'
import { tellAllFaults } from './all-faults.ts'
import { answer, presentRefreshToken } from './answer.ts'
import { baseProcedure, type RequestContext } from './base.ts'
import { admit, type Callers } from './guards.ts'
import { describeProcedure, type ProcedureMeta } from './meta.ts'

/** Does an operation for a caller that was admitted: calls one operation of the core, and returns what it says. */
export type Handler<Definition extends OperationDefinition> = (
  caller: Callers[Definition['access']],
  input: GivenTo<Definition>,
) => Promise<ResultOf<Definition>>

/** Finds what is wrong with the fields that are well-formed, where others were refused for their form. */
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

/** An operation with what does it; it becomes a procedure under the settings of a server. */
export interface Implementation<Definition extends OperationDefinition = OperationDefinition> {
  definition: Definition
  create: (settings: ContractSettings) => ProcedureOf<Definition>
}

/** The same without the types of one operation. */
interface Work {
  handle: (caller: object, input: object) => Promise<unknown>
  findFaults?: (caller: object, wellFormed: object) => Promise<FieldErrors>
}

/**
 * Implements an operation: guard, counting, cookies, schemas and the document all follow from its definition.
 *
 * @param options.findFaults - where all failing fields are told at once, also those refused for more than their form
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
    .use(async ({ ctx, next }) => {
      const result = await next({ ctx: { caller: await admit(ctx, operation) } })
      const wasCounted = result.ok || operation.countedBy !== 'session' || result.error.code !== 'BAD_REQUEST'
      // An input without a token never reached what counts by session.
      if (!wasCounted) await countAnonymousCall(ctx.core)
      return result
    })
    .use(async ({ ctx, next, getRawInput }) => {
      const result = await next()
      if (!findFaults) return result
      const find = (wellFormed: object) => findFaults(ctx.caller, wellFormed)
      return tellAllFaults(result, { shape: operation.shape, getRawInput, find })
    })
    .input(operation.input)
    .output(operation.output)
  const resolve = async ({ ctx, input }: { ctx: RequestContext & { caller: object }; input: unknown }) => {
    const given = presentRefreshToken(ctx, operation, fromWire({ ...(input as object) }))
    return answer(ctx, operation, await handle(ctx.caller, given))
  }
  return operation.kind === 'query' ? procedure.query(resolve) : procedure.mutation(resolve)
}
