import type { z } from 'zod'
import type { TokenAnswer } from './answers.ts'
import type { OperationDefinition, RefreshCookieUse } from './define-operation.ts'
import type { CamelCase, CamelKeys } from './naming.ts'
import type { UnfinishedAnswer } from './unfinished-sign-in.ts'

/** The value of a part that may depend on the settings. For several settings it is a union. */
type Resolved<Part> = Part extends (...settings: never) => infer Value ? Value : Part

type ShapeOf<Definition> = Definition extends {
  input: (...settings: never) => infer Shape extends z.ZodRawShape
}
  ? Shape
  : null

/** The input that a caller sends, as tRPC clients type it. */
export type InputOf<Definition extends OperationDefinition> =
  ShapeOf<Definition> extends infer Shape extends z.ZodRawShape
    ? z.input<z.ZodObject<Shape>>
    : Record<string, never> | undefined

/** The input that code receives: checked, normalised, in camelCase. The refresh token may come from a cookie. */
export type GivenTo<Definition extends OperationDefinition> = GivenByHeaders<Definition> &
  (ShapeOf<Definition> extends infer Shape extends z.ZodRawShape
    ? CamelKeys<z.output<z.ZodObject<Shape>>> & Pick<{ refresh: string }, 'refresh' & keyof Shape>
    : Record<never, never>)

/** What code receives from the headers of a request. */
type GivenByHeaders<Definition> = Definition extends { takesIdempotencyKey: true }
  ? { idempotencyKey: string | null }
  : Record<never, never>

/** A query changes nothing. A mailed link is followed by GET and changes data, so it is a mutation. */
export type KindOf<Definition extends OperationDefinition> = Definition extends { method: 'GET' }
  ? Definition extends { page: 'link' }
    ? 'mutation'
    : 'query'
  : 'mutation'

type GivesTokens<Definition> = Definition extends { refreshCookie: infer Use }
  ? Extract<Resolved<Use>, Exclude<RefreshCookieUse, 'guards' | 'removes'>> extends never
    ? false
    : true
  : false

/** What may stand in place of the tokens of an answer. */
type UnfinishedOf<Definition, Unfinished> = Definition extends { asksFactor: true } ? Unfinished : never

/** The sentence of an answer. Undefined is one of its types when some settings remove the sentence. */
type SentenceOf<Definition> = Definition extends { sentence: infer Sentence } ? Resolved<Sentence> : undefined

/** The return type of code whose answer is empty. */
type Nothing = z.output<z.ZodVoid>

/** The answer to a caller, as tRPC clients type it. */
export type OutputOf<Definition extends OperationDefinition> = Definition extends {
  output: infer Output extends z.ZodType
}
  ? GivesTokens<Definition> extends true
    ? z.output<Output> & Partial<TokenAnswer>
    : z.output<Output>
  : GivesTokens<Definition> extends true
    ? [SentenceOf<Definition>] extends [string]
      ? (Partial<TokenAnswer> | UnfinishedOf<Definition, UnfinishedAnswer>) & { detail: string }
      : [SentenceOf<Definition>] extends [undefined]
        ? TokenAnswer | UnfinishedOf<Definition, UnfinishedAnswer>
        : (Partial<TokenAnswer> | UnfinishedOf<Definition, UnfinishedAnswer>) & { detail?: string }
    : SentenceOf<Definition> extends infer Sentence extends string
      ? { detail: Sentence }
      : Nothing

/** A pair of tokens as the core makes it, before the answer holds it. */
export interface GivenTokens {
  access: string
  refresh: string
  bound?: true
  /** Only true: a browser keeps the cookie that it has. */
  superseded?: true
}

/** A sign-in that has to go on, as the core describes it before the answer holds it. */
export type GivenUnfinished =
  | { mfaRequired: true; challengeId: string; methods: string[]; expiresIn: number; passkeyOptions?: object }
  | { mfaSetupRequired: true; setupChallengeId: string; methods: string[]; expiresIn: number }

/** What code returns for an operation: a value in camelCase with dates, tokens, or nothing. */
export type ResultOf<Definition extends OperationDefinition> = Definition extends {
  output: infer Output extends z.ZodType
}
  ? GivesTokens<Definition> extends true
    ? DomainValue<Output> & { tokens: GivenTokens | null }
    : DomainValue<Output>
  : GivesTokens<Definition> extends true
    ?
        | GivenTokens
        | UnfinishedOf<Definition, GivenUnfinished>
        | ([SentenceOf<Definition>] extends [undefined] ? never : null)
    : Nothing

/** The value of code for a schema of the contract: names in camelCase, times as dates. */
export type DomainValue<Schema> = Schema extends z.ZodISODateTime
  ? Date
  : Schema extends z.ZodObject<infer Shape>
    ? { [Name in keyof Shape as Name extends string ? CamelCase<Name> : never]: DomainValue<Shape[Name]> }
    : Schema extends z.ZodArray<infer Item>
      ? DomainValue<Item>[]
      : Schema extends z.ZodNullable<infer Inner>
        ? DomainValue<Inner> | null
        : z.output<Schema>
