import { type ContractConfig, readContractSettings } from '../../src/doors/contract-settings.ts'
import { createOpenApiDocument } from '../../src/doors/docs/openapi/document.ts'
import { createRouter } from '../../src/procedures/router.ts'

/** A schema of the document. */
export type JsonSchema = Record<string, unknown> & {
  properties?: Record<string, { minLength?: number; maxLength?: number; format?: string }>
  required?: string[]
}

/** One documented answer. */
export interface DocumentedResponse {
  headers?: Record<string, { $ref?: string; required?: boolean; schema?: JsonSchema }>
  content?: Record<string, { schema?: JsonSchema; examples?: Record<string, { value: unknown }> }>
}

/** One documented operation, with its method and path. */
export interface DocumentedOperation {
  method: string
  path: string
  operationId: string
  security: Record<string, string[]>[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, DocumentedResponse>
}

/** The parts of the document that the tests read. */
export interface Document {
  paths: Record<string, Record<string, Omit<DocumentedOperation, 'method' | 'path'>>>
  components: {
    headers: Record<string, NonNullable<DocumentedResponse['headers']>[string]>
    [part: string]: unknown
  }
}

/** The settings the document depends on. */
export type DocumentSettings = ContractConfig

/** Makes the document for some settings, without a server. */
export function createDocument(config: DocumentSettings): Document {
  const settings = readContractSettings(config)
  const options = { router: createRouter(settings), publicUrl: 'http://localhost:3000', settings }
  const document = createOpenApiDocument(options)
  return JSON.parse(JSON.stringify(document)) as Document
}

/** Lists every operation of a document. */
export function listOperations({ paths }: Document): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )
}

/**
 * Lists the documented kinds of answer of an operation: `401 not_authenticated` for each refusal with an example,
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

/** The example of a kind of answer. It leaves out `messages`, because the reason depends on the token. */
export function findExample({ responses }: DocumentedOperation, kind: string): object | undefined {
  const [status = '', name = ''] = kind.split(' ')
  const value = responses[status]?.content?.['application/json']?.examples?.[name]?.value
  if (typeof value !== 'object' || value === null) return undefined
  const { messages: _, ...example } = value as { messages?: unknown }
  return example
}
