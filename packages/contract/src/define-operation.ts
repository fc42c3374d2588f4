import type { z } from 'zod'
import type { RefusalCode } from './refusals.ts'
import type { ContractSettings } from './settings.ts'

/** Who may call: anyone; not other sites' pages; a live session; an ended one too; holders of a role. */
export type Access = 'anonymous' | 'cookie' | 'authenticated' | 'logout' | 'staff' | 'superuser'

/** The methods of operations. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a success is answered with over REST. */
export type SuccessStatus = 200 | 201 | 204 | 302 | 303

/**
 * What an operation does in cookie mode with the cookie of the refresh token; each is refused to other sites' pages.
 *
 * `sets`, `may set` and `exchanges` give tokens, in either mode; `guards` touches no cookie under these settings.
 */
export type RefreshCookieUse = 'guards' | 'sets' | 'may set' | 'exchanges' | 'removes'

/** A value, or how it follows from the settings. */
export type PerSettings<Value> = Value | ((settings: ContractSettings) => Value)

/** A further method of the same operation. */
export interface FurtherMethod {
  method: Method
  operationId: string
  summary: string
  status?: SuccessStatus
}

/** One operation of the server, as data: routes, procedures, guards, the document and the clients follow from it. */
export interface OperationDefinition {
  /** The dotted path of the tRPC procedure: `staff.users.list`. */
  procedure: string
  /** Its name in the client, where that is not the procedure's; null where the client does it by itself. */
  client?: string | null
  /** With `GET` it is a query and changes nothing, but for a mailed link. */
  method: Method
  /** The REST path, with a slash at both ends: `/sessions/{id}/`. */
  path: `/${string}/`
  operationId: string
  /** The chapter of the document. */
  tag: 'Authentication' | 'Registration' | 'Password' | 'User' | 'Sessions' | 'Staff'
  summary: string
  description?: PerSettings<string>
  access: Access
  /** Set where calls are counted by the session of a refresh token, instead of by client or by user. */
  countedBy?: 'session'
  refreshCookie?: PerSettings<RefreshCookieUse>
  /** The status of success; 200 when left out, 204 where there is nothing to tell. */
  status?: PerSettings<SuccessStatus>
  /** What a browser is answered with: the page a `link` leads to, or, to the post of a `form`, the next page. */
  page?: 'link' | 'form'
  also?: PerSettings<readonly FurtherMethod[]>
  /** Whether the settings leave nothing it could succeed at: it only ever refuses. */
  unreachable?: PerSettings<boolean>
  /** The fields it takes; none when left out. */
  input?: (settings: ContractSettings) => z.ZodRawShape
  /** The fixed sentence of its answer. */
  sentence?: PerSettings<string | undefined>
  /** What it tells; left out where its answer is a sentence, tokens, or nothing. */
  output?: z.ZodType
  /** What it may refuse beside what every operation of its kind may. */
  refusals?: PerSettings<readonly RefusalCode[]>
  /** The sentences of its own by which it gives a refusal. */
  details?: Partial<Record<RefusalCode, string>>
}

/** Defines an operation; its literal types are kept, so that what implements it can be checked against it. */
export function defineOperation<const Definition extends OperationDefinition>(
  definition: Definition,
): Definition {
  return definition
}
