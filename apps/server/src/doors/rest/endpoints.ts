import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server'
import type { OpenApiMethod } from 'trpc-openapi'
import type { ProcedureMeta, SuccessStatus } from '../trpc/meta.ts'

export interface Endpoint {
  method: OpenApiMethod
  /** As the contract writes it: `/sessions/{id}/`. */
  path: string
  operationId: string
  summary: string | undefined
  /** The dotted name of the tRPC procedure. */
  procedurePath: string
  procedure: AnyTRPCProcedure
  meta: ProcedureMeta
  /** Names of the fields that stand in the path. */
  params: string[]
  status: SuccessStatus
}

/** Lists every REST operation of a router, from the metadata of its procedures. */
export function listEndpoints(router: AnyTRPCRouter): Endpoint[] {
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures)
  return procedures.flatMap(([procedurePath, procedure]) => {
    const meta = procedure._def.meta as ProcedureMeta
    if (!meta.openapi) return []
    const { method, path, operationId = procedurePath, summary } = meta.openapi
    const params = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])
    const same = { path, procedurePath, procedure, meta, params, status: meta.status ?? 200 }
    return [
      { ...same, method, operationId, summary },
      ...(meta.also ?? []).map((one) => ({ ...same, ...one })),
    ]
  })
}
