import type { z } from 'zod'
import type { RefusalCode } from './refusals.ts'
import type { ContractSettings } from './settings.ts'
import type { Tag } from './tags.ts'

/**
 * Who may call: any caller; any caller except other sites' pages; a live session; a live session, or a sign-in that must
 * set up a factor; also an ended session; a role.
 */
export type Access = 'anonymous' | 'cookie' | 'authenticated' | 'setup' | 'logout' | 'staff' | 'superuser'

/** A part of the server that its operator may turn off. */
export type Need = 'mfa' | 'passkeys'

/** Of whom an operation asks a recent proof: of every caller, or of those with a second factor. */
export type Recency = 'always' | 'with a second factor'

/** The HTTP methods of operations. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** How a success is answered over REST. */
export type SuccessStatus = 200 | 201 | 204 | 302 | 303

/**
 * Cookie mode: what an operation does with the cookie of the refresh token. Other sites' pages are refused.
 *
 * `sets`, `may set` and `exchanges` give tokens, in both modes. `guards` leaves the cookie alone under these settings.
 */
export type RefreshCookieUse = 'guards' | 'sets' | 'may set' | 'exchanges' | 'removes'

/** A value, or a function that makes the value from the settings. */
export type PerSettings<Value> = Value | ((settings: ContractSettings) => Value)

/** A further method of the same operation. */
export interface FurtherMethod {
  method: Method
  operationId: string
  summary: string
  status?: SuccessStatus
}

/** One operation of the server, as data. Routes, procedures, guards, the document and the clients are made from it. */
export interface OperationDefinition {
  /** The dotted path of the tRPC procedure: `staff.users.list`. */
  procedure: string
  /** Its name in the client, when it differs from the procedure's. Null: the client calls the operation by itself. */
  client?: string | null
  /** An operation with `GET` is a query and changes nothing. A mailed link is the exception. */
  method: Method
  /** The REST path, with a slash at both ends: `/sessions/{id}/`. */
  path: `/${string}/`
  operationId: string
  /** The tag of the document under which the operation stands. */
  tag: Tag
  summary: string
  description?: PerSettings<string>
  access: Access
  /** Set when the core counts calls by the session of the refresh token that they present. */
  countedBy?: 'session'
  /** Set when it ends sessions or protects an account. Its calls have counters of their own, which no other call fills. */
  protects?: true
  /** What must be turned on. An admitted caller is refused by it before its proof and its fields are looked at. */
  needs?: readonly Need[]
  /**
   * Set when the caller must have proven recently that it is the user: RFC 9470. A sign-in that must set up a factor has
   * just done so.
   */
  recent?: Recency
  refreshCookie?: PerSettings<RefreshCookieUse>
  /** Set when a right first factor may be answered by a challenge in place of tokens. */
  asksFactor?: true
  /** Set when a caller may send an `Idempotency-Key`, so that a later retry of a lost answer is known as its own. */
  takesIdempotencyKey?: true
  /** The fixed sentence of such a challenge, where the complete answer has none. */
  unfinishedSentence?: PerSettings<string | undefined>
  /** The status of success. Without it: 204 when the answer is empty, else 200. */
  status?: PerSettings<SuccessStatus>
  /** The answer to a browser: the page behind a `link`, or the next page after a `form`. */
  page?: 'link' | 'form'
  also?: PerSettings<readonly FurtherMethod[]>
  /**
   * Whether it changes what people see of the own user, so that clients read the user again. Unless given, a mutation
   * with the tag `User` and a mailed link do.
   */
  changesUser?: boolean
  /** Whether the operation can only refuse under these settings. */
  unreachable?: PerSettings<boolean>
  /** The fields of the input. Without it the operation has none. */
  input?: (settings: ContractSettings) => z.ZodRawShape
  /** The fixed sentence of the answer. */
  sentence?: PerSettings<string | undefined>
  /**
   * The schema of the answer. It is left out when the answer is a sentence, tokens or empty. The answer has the tokens
   * beside it when `refreshCookie` is `may set`.
   */
  output?: z.ZodType
  /** Its own refusals, beside those of every operation of its kind. */
  refusals?: PerSettings<readonly RefusalCode[]>
  /** Own sentences for some refusals. They replace the sentences of the catalogue. */
  details?: Partial<Record<RefusalCode, string>>
}

/** Defines an operation. The literal types are kept, so that the implementation is checked against them. */
export function defineOperation<const Definition extends OperationDefinition>(
  definition: Definition,
): Definition {
  return definition
}
