import type { OperationName, operations } from '@latchkey/contract'
import { expect, expectTypeOf, test } from 'vitest'
import type { AppRouter as ServerRouter } from '../../../apps/server/src/procedures/router.ts'
import type { LatchkeyClient } from '../src/index.ts'
import type { SecondFactorOperations } from '../src/mfa/index.ts'
import type { SocialOperations } from '../src/social/index.ts'
import type { AppRouter, RefusalShape } from '../src/trpc/index.ts'

// These tests are held by the type check: a difference is a type that is not `never`, and its name says where it is.

/**
 * The same type with its intersections and interfaces written out, so that only the content is compared. The server
 * knows the sentence of an answer by its text; for a client it is any text.
 */
type Plain<Type, All = Type> = Type extends (infer Item)[]
  ? Plain<Item>[]
  : Type extends object
    ? {
        [Key in keyof Type]: Key extends 'detail' ? string | Extract<Type[Key], undefined> : Plain<Type[Key]>
      }
    : Value<Type, All>

/** The server takes a number or a boolean of a query as text too. The client takes the value itself. */
type Value<Type, All> = string extends Type
  ? Extract<All, number | boolean> extends never
    ? Type
    : never
  : Type

type IsSame<Left, Right> =
  (<T>() => T extends Plain<Left> ? 1 : 2) extends <T>() => T extends Plain<Right> ? 1 : 2 ? true : false

interface AnyProcedure {
  _def: { type: string; $types: { input: unknown; output: unknown } }
}

/** The name of a procedure with another type; never when both are the same. */
type Difference<Left extends AnyProcedure, Right extends AnyProcedure, Path extends string> =
  | (Left['_def']['type'] extends Right['_def']['type'] ? never : `${Path}: query or mutation`)
  | (IsSame<Left['_def']['$types']['input'], Right['_def']['$types']['input']> extends true
      ? never
      : `${Path}: input`)
  | (IsSame<Left['_def']['$types']['output'], Right['_def']['$types']['output']> extends true
      ? never
      : `${Path}: output`)

/** The names of all procedures that one of two records lacks or has with another type. */
type Differences<Left, Right, Before extends string = ''> = {
  [Key in (keyof Left | keyof Right) & string]: Key extends keyof Left & keyof Right
    ? Left[Key] extends AnyProcedure
      ? Right[Key] extends AnyProcedure
        ? Difference<Left[Key], Right[Key], `${Before}${Key}`>
        : `${Before}${Key}: missing`
      : Differences<Left[Key], Right[Key], `${Before}${Key}.`>
    : `${Before}${Key}: missing`
}[(keyof Left | keyof Right) & string]

type Server = ServerRouter['_def']['record']
type Ours = AppRouter['_def']['record']

/** The type at a dotted path: `staff.users.list`. */
type At<Tree, Path> = Path extends `${infer Word}.${infer Rest}`
  ? Word extends keyof Tree
    ? At<Tree[Word], Rest>
    : never
  : Path extends keyof Tree
    ? Tree[Path]
    : never

/** The path of an operation in the client. The client calls an operation without such a path by itself. */
type ClientPath<Definition> = Definition extends { client: infer Path }
  ? Path
  : Definition extends { procedure: infer Path }
    ? Path
    : never

/** The operations of the main entry, and of the entries for second factors and for other providers. */
type Everything = LatchkeyClient & SecondFactorOperations & { social: SocialOperations }

type Procedure<Name extends OperationName> =
  At<Server, (typeof operations)[Name]['procedure']> extends infer Found extends AnyProcedure ? Found : never
type InputOf<Name extends OperationName> = Procedure<Name>['_def']['$types']['input']

/** The name of an operation whose method of the client takes something else than the server; never when it is the same. */
type MethodDifference<Name extends OperationName, Method> = Method extends (...given: infer Given) => unknown
  ? IsSame<Taken<InputOf<Name>>, NonNullable<Given[0]>> extends true
    ? never
    : `${Name}: input`
  : `${Name}: missing`

/** tRPC calls for no input by an empty object, the client by no argument. */
type Taken<Input> = Input extends Record<string, never> | undefined ? never : Input

type MethodDifferences = {
  [Name in OperationName]: ClientPath<(typeof operations)[Name]> extends null
    ? never
    : MethodDifference<Name, At<Everything, ClientPath<(typeof operations)[Name]>>>
}[OperationName]

/** The differences that are meant. One more, or one less, does not compile. */
const PROCEDURES: Record<Differences<Server, Ours>, string> = {
  'user.update: input': 'the server ignores an address; the client does not offer the field',
}
const METHODS: Record<MethodDifferences, string> = {
  'updateOwnUser: input': 'the server ignores an address; the client does not offer the field',
  'logout: input': 'the client sends the refresh token that it holds',
}

type Changed<Type, Key extends keyof Type, To> = Omit<Type, Key> & Record<Key, To>
type Without = Omit<Ours, 'sessions'>
type OtherInput = Changed<Ours, 'email', Changed<Ours['email'], 'change', Ours['email']['confirmChange']>>
type OtherOutput = Changed<Ours, 'user', Changed<Ours['user'], 'get', Ours['auth']['login']>>

test('every procedure and method of the client has the types of the router of the server, except the listed ones', () => {
  expect(Object.keys({ ...PROCEDURES, ...METHODS })).toHaveLength(3)
})

test('a procedure that is missing or differs has its name among the differences', () => {
  expectTypeOf<'sessions: missing'>().toExtend<Differences<Server, Without>>()
  expectTypeOf<'email.change: input'>().toExtend<Differences<Server, OtherInput>>()
  expectTypeOf<'user.get: output' | 'user.get: query or mutation'>().toExtend<
    Differences<Server, OtherOutput>
  >()
  expectTypeOf<
    MethodDifference<'login', (input: { email: string }) => void>
  >().toEqualTypeOf<'login: input'>()
})

test('the data of a refusal has the types that the server sends', () => {
  type Sent = ServerRouter['_def']['_config']['$types']['errorShape']['data']
  expectTypeOf<keyof Sent>().toEqualTypeOf<keyof RefusalShape['data']>()
  expectTypeOf<Sent['max_age']>().toEqualTypeOf<RefusalShape['data']['max_age']>()
  expectTypeOf<Sent['acr_values']>().toEqualTypeOf<RefusalShape['data']['acr_values']>()
  // Their names on the wire are `token_not_valid` and `invalid_dpop_proof`.
  type OtherNames = 'invalid_refresh_token' | 'invalid_refresh_proof'
  expectTypeOf<Exclude<Sent['code'], RefusalShape['data']['code']>>().toEqualTypeOf<OtherNames>()
})
