import type { ResolvedOperation } from '@latchkey/contract'
import type { OpenApiMeta } from 'trpc-openapi'

/** What a procedure says about itself: its definition, and the part of it the generator of the document reads. */
export type ProcedureMeta = OpenApiMeta<{ operation?: ResolvedOperation }>

/** Takes from a definition what the generator of the document reads. */
export function describeProcedure(operation: ResolvedOperation): ProcedureMeta {
  const { method, path, operationId, tag, summary, description } = operation
  return {
    openapi: { method, path, operationId, tags: [tag], summary, ...(description && { description }) },
    operation,
  }
}
