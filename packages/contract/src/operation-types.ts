import type { z } from 'zod'
import type { TokenAnswer } from './answers.ts'
import type { OperationDefinition, RefreshCookieUse } from './define-operation.ts'
import type { CamelCase, CamelKeys } from './naming.ts'

/** The value of a part that may follow from the settings; under some settings or other, one of a union. */
type Resolved<Part> = Part extends (...settings: never) => infer Value ? Value : Part

type ShapeOf<Definition> = Definition extends {
  input: (...settings: never) => infer Shape extends z.ZodRawShape
}
  ? Shape
  : null

/** What a caller sends, as tRPC clients type it. */
export type InputOf<Definition extends OperationDefinition> =
  ShapeOf<Definition> extends infer Shape extends z.ZodRawShape
    ? z.input<z.ZodObject<Shape>>
    : Record<string, never> | undefined

/** What code is given of an input: checked, normalised, with the names of code; the refresh token also of a cookie. */
export type GivenTo<Definition extends OperationDefinition> =
  ShapeOf<Definition> extends infer Shape extends z.ZodRawShape
    ? CamelKeys<z.output<z.ZodObject<Shape>>> & Pick<{ refresh: string }, 'refresh' & keyof Shape>
    : Record<never, never>

/** A query changes nothing; a mailed link is followed by GET and does. */
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

/** The sentence of an answer; undefined among its types where there is none under some settings. */
type SentenceOf<Definition> = Definition extends { sentence: infer Sentence } ? Resolved<Sentence> : undefined

/** What code returns that has nothing to tell. */
type Nothing = z.output<z.ZodVoid>

/** What a caller is answered, as tRPC clients type it. */
export type OutputOf<Definition extends OperationDefinition> = Definition extends {
  output: infer Output extends z.ZodType
}
  ? z.output<Output>
  : GivesTokens<Definition> extends true
    ? [SentenceOf<Definition>] extends [string]
      ? Partial<TokenAnswer> & { detail: string }
      : [SentenceOf<Definition>] extends [undefined]
        ? TokenAnswer
        : Partial<TokenAnswer> & { detail?: string }
    : SentenceOf<Definition> extends infer Sentence extends string
      ? { detail: Sentence }
      : Nothing

/** A pair of tokens as the core makes it, before it is handed out. */
export interface GivenTokens {
  access: string
  refresh: string
}

/** What code must come to for an operation: a value with the names and the dates of code, tokens, or nothing. */
export type ResultOf<Definition extends OperationDefinition> = Definition extends {
  output: infer Output extends z.ZodType
}
  ? DomainValue<Output>
  : GivesTokens<Definition> extends true
    ? [SentenceOf<Definition>] extends [undefined]
      ? GivenTokens
      : GivenTokens | null
    : Nothing

/** The value of code that a schema of the contract tells: its names in camelCase, its moments as dates. */
export type DomainValue<Schema> = Schema extends z.ZodISODateTime
  ? Date
  : Schema extends z.ZodObject<infer Shape>
    ? { [Name in keyof Shape as Name extends string ? CamelCase<Name> : never]: DomainValue<Shape[Name]> }
    : Schema extends z.ZodArray<infer Item>
      ? DomainValue<Item>[]
      : Schema extends z.ZodNullable<infer Inner>
        ? DomainValue<Inner> | null
        : z.output<Schema>
