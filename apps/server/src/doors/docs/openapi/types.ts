import type { OpenAPIObject } from 'trpc-openapi'

export type Document = OpenAPIObject
export type Paths = NonNullable<OpenAPIObject['paths']>
export type PathItem = Paths[string]
export type Operation = NonNullable<PathItem['get']>
export type Responses = NonNullable<Operation['responses']>
export type Parameter = NonNullable<Operation['parameters']>[number]
export type Components = NonNullable<OpenAPIObject['components']>
export type Schema = NonNullable<Components['schemas']>[string]
export type Headers = NonNullable<Extract<Responses[string], { description: string }>['headers']>
/** A reference to a part of `components`. */
export interface Reference {
  $ref: string
}
