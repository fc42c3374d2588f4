import type { RefusalCode } from '@latchkey/core'
import type { OpenApiMeta, OpenApiMethod } from 'trpc-openapi'

/** Who may call: anyone, whoever holds a live session, or also whoever held one. */
export type Access = 'anonymous' | 'authenticated' | 'logout'

/** What a procedure says about itself; its REST route and its OpenAPI operation are made from it. */
export type ProcedureMeta = OpenApiMeta<{
  /** Set by the builder the procedure was made with. */
  access?: Access
  /** Further operations that are the same procedure. */
  also?: { method: OpenApiMethod; operationId: string; summary: string }[]
  /** The status of success; 200 when left out. */
  status?: 200 | 201 | 204 | 302
  /** What it may refuse beside what every operation of its kind may. */
  refusals?: RefusalCode[]
}>
