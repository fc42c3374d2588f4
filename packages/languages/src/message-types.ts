import type { LanguageTag } from './languages.ts'

/** What one message takes: its values by name, and the names of its tags. `npm run generate` writes it from English. */
export interface Message<Values = Record<never, never>, Tags extends string = never> {
  values: Values
  tags: Tags
}

/** The texts of one language by key, as ICU messages. */
export type Catalogue = Readonly<Record<string, string>>

declare const MESSAGES: unique symbol

/** The texts of a package in every language that was loaded. A language may be missing; English may not. */
export interface Catalogues<M> extends Readonly<Partial<Record<LanguageTag, Catalogue>>> {
  readonly en: Readonly<Record<keyof M & string, string>>
  /** It exists in the types only, where it carries what the messages take. */
  readonly [MESSAGES]?: M
}

/** The keys of the messages without tags. */
export type PlainKey<M extends Record<keyof M, Message<unknown, string>>> = {
  [K in keyof M]: [M[K]['tags']] extends [never] ? K : never
}[keyof M] &
  string

/** The last argument of a call: missing for a message without values. */
export type ValuesArgument<Values> = [KeysOfAll<Values>] extends [never] ? [] : [values: Together<Values>]

/** The values and the tag functions of a message with tags. A text may be replaced by a node. */
export type RichValues<M extends Message<unknown, string>, Node> = {
  [Name in keyof M['values']]: string extends M['values'][Name] ? string | Node : M['values'][Name]
} & { [Tag in M['tags']]: (children: (string | Node)[]) => string | Node | (string | Node)[] }

type KeysOfAll<T> = T extends unknown ? keyof T : never

/** A key of several messages needs the values of each of them. */
type Together<T> = (T extends unknown ? (values: T) => void : never) extends (values: infer All) => void
  ? All
  : never
