import type { OpenAPIObject } from 'trpc-openapi'

export type Paths = NonNullable<OpenAPIObject['paths']>
export type PathItem = Paths[string]
export type Operation = NonNullable<PathItem['get']>
export type Responses = NonNullable<Operation['responses']>
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string]
export type Headers = NonNullable<Extract<Responses[string], { description: string }>['headers']>
