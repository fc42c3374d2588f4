import { type ContractConfig, readContractSettings } from '../../src/doors/contract-settings.ts'
import { createOpenApiDocument } from '../../src/doors/docs/openapi/document.ts'
import { createRouter } from '../../src/procedures/router.ts'

/** A schema as the document has it. */
export type JsonSchema = Record<string, unknown> & {
  properties?: Record<string, { minLength?: number; maxLength?: number; format?: string }>
  required?: string[]
}

/** One documented answer. */
export interface DocumentedResponse {
  headers?: Record<string, { $ref?: string; required?: boolean; schema?: JsonSchema }>
  content?: Record<string, { schema?: JsonSchema; examples?: Record<string, { value: unknown }> }>
}

/** One documented operation, with where it stands. */
export interface DocumentedOperation {
  method: string
  path: string
  operationId: string
  security: Record<string, string[]>[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, DocumentedResponse>
}

/** The document, as far as the tests look into it. */
export interface Document {
  paths: Record<string, Record<string, Omit<DocumentedOperation, 'method' | 'path'>>>
  components: {
    headers: Record<string, NonNullable<DocumentedResponse['headers']>[string]>
    [part: string]: unknown
  }
}

/** The settings the document depends on. */
export type DocumentSettings = ContractConfig

/** The document of a server with some settings, made without one. */
export function createDocument(config: DocumentSettings): Document {
  const settings = readContractSettings(config)
  const options = { router: createRouter(settings), publicUrl: 'http://localhost:3000', settings }
  const document = createOpenApiDocument(options)
  return JSON.parse(JSON.stringify(document)) as Document
}

/** Every operation of a document. */
export function listOperations({ paths }: Document): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )
}

/**
 * The kinds of answer an operation is documented to give: `401 not_authenticated` for each refusal that is shown,
 * else the status with `json`, `page` or `empty`.
 */
export function listKinds({ responses }: DocumentedOperation): string[] {
  return Object.entries(responses).flatMap(([status, { content }]) => {
    if (!content) return [`${status} empty`]
    const json = content['application/json'] ?? content['application/jwk-set+json']
    const codes = json?.examples ? Object.keys(json.examples) : json ? ['json'] : []
    return [...codes, ...('text/html' in content ? ['page'] : [])].map((kind) => `${status} ${kind}`)
  })
}

/** The body a kind of answer is shown by, without why a bearer token was refused: that depends on the token. */
export function findExample({ responses }: DocumentedOperation, kind: string): object | undefined {
  const [status = '', name = ''] = kind.split(' ')
  const value = responses[status]?.content?.['application/json']?.examples?.[name]?.value
  if (typeof value !== 'object' || value === null) return undefined
  const { messages: _, ...example } = value as { messages?: unknown }
  return example
}
