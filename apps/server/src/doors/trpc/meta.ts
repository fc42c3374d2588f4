import type { RefusalCode } from '@latchkey/core'
import type { OpenApiMeta, OpenApiMethod } from 'trpc-openapi'

/** Who may call: anyone; not other sites' pages; a live session; an ended one too; holders of a role. */
export type Access = 'anonymous' | 'cookie' | 'authenticated' | 'logout' | 'staff' | 'superuser'

export type SuccessStatus = 200 | 201 | 204 | 302 | 303

/** What a procedure says about itself; its REST route and its OpenAPI operation are made from it. */
export type ProcedureMeta = OpenApiMeta<{
  /** Set by the builder the procedure was made with. */
  access?: Access
  /** Further operations that are the same procedure. */
  also?: { method: OpenApiMethod; operationId: string; summary: string; status?: SuccessStatus }[]
  /** The status of success; 200 when left out. */
  status?: SuccessStatus
  /** What a browser is answered with: the page a `link` leads to, or, to the post of a `form`, the next page. */
  page?: 'link' | 'form'
  /** Set where calls are counted by the session of a refresh token instead of by the client's address. */
  countedBy?: 'session'
  /** Whether the configuration leaves nothing it could succeed at: it only ever refuses. */
  unreachable?: boolean
  /** What it does in cookie mode with the cookie of the refresh token; each is refused to other sites' pages. */
  refreshCookie?: 'guards' | 'sets' | 'may set' | 'exchanges' | 'removes'
  /** The sentences of its own by which it gives a refusal. */
  details?: Partial<Record<RefusalCode, string>>
  /** What it may refuse beside what every operation of its kind may. */
  refusals?: RefusalCode[]
}>
