import { listPlaces, type Method, type ResolvedOperation, type SuccessStatus } from '@latchkey/contract'
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server'
import type { ProcedureMeta } from '../trpc/meta.ts'

export interface Endpoint {
  method: Method
  /** The path as the contract writes it: `/sessions/{id}/`. */
  path: string
  operationId: string
  summary: string
  /** The dotted name of the tRPC procedure. */
  procedurePath: string
  procedure: AnyTRPCProcedure
  /** The definition of the operation. */
  meta: ResolvedOperation
  /** The names of the fields in the path. */
  params: string[]
  status: SuccessStatus
}

/** Lists every REST operation of a router, from the definitions of its procedures. */
export function listEndpoints(router: AnyTRPCRouter): Endpoint[] {
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures)
  return procedures.flatMap(([procedurePath, procedure]) => {
    const { operation: meta } = procedure._def.meta as ProcedureMeta
    const { method, path, operationId, summary, status, also } = meta
    const same = { path, procedurePath, procedure, meta, params: listPlaces(path) }
    return [
      { ...same, method, operationId, summary, status },
      ...also.map((one) => ({ ...same, ...one, status: one.status ?? status })),
    ]
  })
}
