import { operations, type ResolvedOperation } from '@latchkey/contract'
import type { Context } from '@latchkey/core'
import type { TRPCError } from '@trpc/server'
import { toRefusal } from '../refusals.ts'
import type { CallSpan, Outcome } from '../telemetry/telemetry.ts'
import type { RequestContext } from './base.ts'

/** The names of the contract, by the ids of the document. The name is that of the file in the core, too. */
const NAMES = new Map<string, string>(
  Object.entries(operations).map(([name, { operationId }]) => [operationId, name]),
)

type Result = { ok: true } | { ok: false; error: TRPCError }

/** Measures the call of an operation and surrounds it by a span. Within the span, the log has the id of the trace. */
export async function watchCall<R extends Result>(
  operation: ResolvedOperation,
  ctx: RequestContext,
  next: (core: Context) => Promise<R>,
): Promise<R> {
  const { visit, core } = ctx
  const { telemetry, door, parent } = visit
  const name = NAMES.get(operation.operationId) ?? 'other'
  const startedAt = performance.now()
  visit.hasReached = true
  return telemetry.span({ name, door, parent }, async (span) => {
    if (span) visit.traceId = span.traceId
    const result = await next(span ? withTrace(core, span) : core)
    const outcome = describeOutcome(operation, result)
    if (!result.ok) visit.hasRefused = true
    span?.end(outcome)
    telemetry.ended({ operation: name, door, seconds: (performance.now() - startedAt) / 1000, ...outcome })
    return result
  })
}

function withTrace(core: Context, { traceId }: CallSpan): Context {
  return { ...core, log: core.log.child({ traceId }) }
}

/** The status is that of the contract, also where a tRPC client or a person gets another one. */
function describeOutcome(operation: ResolvedOperation, result: Result): Outcome {
  if (result.ok) return { status: operation.status, code: 'none' }
  const { status, code } = toRefusal(result.error)
  return { status, code }
}
