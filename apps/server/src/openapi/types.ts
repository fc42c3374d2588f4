import type { OpenAPIObject } from 'trpc-openapi'

/** The paths of a document. */
export type Paths = NonNullable<OpenAPIObject['paths']>
/** The operations of one path. */
export type PathItem = Paths[string]
/** One operation. */
export type Operation = NonNullable<PathItem['get']>
/** The answers of an operation, by status. */
export type Responses = NonNullable<Operation['responses']>
/** A reusable part of the document. */
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string]
/** The headers of an answer, by name. */
export type Headers = NonNullable<Extract<Responses[string], { description: string }>['headers']>
