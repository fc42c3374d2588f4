import type { ResolvedOperation } from '@latchkey/contract'
import type { OpenApiMeta } from 'trpc-openapi'

/** The metadata of a procedure: its definition, and the part that the generator of the document reads. */
export type ProcedureMeta = OpenApiMeta<{ operation: ResolvedOperation }>

/** Selects from a definition the part that the generator of the document reads. */
export function describeProcedure(operation: ResolvedOperation): ProcedureMeta {
  const { method, path, operationId, tag, summary, description } = operation
  return {
    openapi: { method, path, operationId, tags: [tag], summary, ...(description && { description }) },
    operation,
  }
}
