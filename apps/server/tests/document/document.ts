import { REFUSALS, type RefusalCode } from '@latchkey/contract'
import { type ContractConfig, readContractSettings } from '../../src/doors/contract-settings.ts'
import { createOpenApiDocument } from '../../src/doors/docs/openapi/document.ts'
import { createRouter } from '../../src/procedures/router.ts'

/** A schema of the document. */
export type JsonSchema = Record<string, unknown> & {
  properties?: Record<string, { minLength?: number; maxLength?: number; format?: string }>
  required?: string[]
}

/** The documented body of one media type. */
export interface DocumentedMedia {
  schema?: JsonSchema
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

/** One documented answer. */
export interface DocumentedResponse {
  headers?: Record<string, { required?: boolean; schema?: JsonSchema }>
  content?: Record<string, DocumentedMedia>
}

/** One documented operation, with its method and path. */
export interface DocumentedOperation {
  method: string
  path: string
  operationId: string
  tags?: string[]
  /** Without it the operation asks for what the document asks for: an access token. */
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string }[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, DocumentedResponse>
}

/** The parts of the document that the tests read. */
export interface Document {
  info: { description: string }
  servers: object[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Omit<DocumentedOperation, 'method' | 'path'>>>
  components: Record<string, Record<string, unknown>>
  security: Record<string, string[]>[]
  'x-common-headers': NonNullable<DocumentedResponse['headers']>
  'x-page-headers': NonNullable<DocumentedResponse['headers']>
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

/** Puts the part that each reference names in the place of the reference. A reference that leads nowhere throws. */
export function resolveReferences<Part>(document: Pick<Document, 'components'>, part: Part): Part {
  if (Array.isArray(part)) return part.map((item) => resolveReferences(document, item)) as Part
  if (typeof part !== 'object' || part === null) return part
  if ('$ref' in part) return resolveReferences(document, follow(document, String(part.$ref))) as Part
  const entries = Object.entries(part).map(([key, value]) => [key, resolveReferences(document, value)])
  return Object.fromEntries(entries)
}

function follow({ components }: Pick<Document, 'components'>, ref: string): unknown {
  const [, kind = '', name = ''] = /^#\/components\/(\w+)\/([\w.-]+)$/.exec(ref) ?? []
  const part = components[kind]?.[name]
  if (part === undefined) throw new Error(`${ref} leads nowhere.`)
  return part
}

/** Lists every operation of a document, without references. Each response has the headers of every answer. */
export function listOperations(document: Document): DocumentedOperation[] {
  const common = document['x-common-headers']
  return Object.entries(resolveReferences(document, document.paths)).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const responses = Object.entries(operation.responses).map(([status, response]) => {
        return [status, { ...response, headers: { ...common, ...response.headers } }]
      })
      const { security = document.security } = operation
      const about = { ...operation, security, method: method.toUpperCase(), path }
      return { ...about, responses: Object.fromEntries(responses) }
    }),
  )
}

/** Lists the kinds of answer of an operation: `401 not_authenticated`, `400 field_errors`, `200 json`, `404 page`. */
export function listKinds({ responses }: DocumentedOperation): string[] {
  return Object.entries(responses).flatMap(([status, { content }]) => {
    if (!content) return [`${status} empty`]
    const json = content['application/json'] ?? content['application/jwk-set+json']
    const bodies = json ? listBodies(json) : []
    const isPage = 'text/html' in content
    if (status !== 'default')
      return [...bodies, ...(isPage ? ['page'] : [])].map((kind) => `${status} ${kind}`)
    // What stands under `default` has the status of its code. A page has every status but 415.
    const ofPages = isPage ? bodies.filter((code) => code !== 'unsupported_media_type') : []
    return [
      ...bodies.map((code) => `${statusOf(code)} ${code}`),
      ...ofPages.map((code) => `${statusOf(code)} page`),
    ]
  })
}

/** The status of a code of the catalogue. */
export function statusOf(code: string): number {
  return REFUSALS[code as RefusalCode].status
}

/** Lists the kinds of a JSON body: the codes of its refusals, `field_errors`, or `json` for a success. */
export function listBodies({ schema, examples }: DocumentedMedia): string[] {
  if (examples) return [...Object.keys(examples), ...(hasFieldErrors(schema) ? ['field_errors'] : [])]
  if (hasFieldErrors(schema)) return ['field_errors', ...listCodes(schema)]
  const codes = listCodes(schema)
  return codes.length > 0 ? codes : ['json']
}

type Choice = JsonSchema & { oneOf?: Choice[]; allOf?: Choice[]; enum?: string[] }

/** Returns whether a body may have one key for each failing field. */
function hasFieldErrors(schema: Choice | undefined): boolean {
  return 'non_field_errors' in (schema?.properties ?? {}) || (schema?.oneOf?.some(hasFieldErrors) ?? false)
}

/** Lists the codes to which a response narrows the refusal. */
function listCodes(schema: Choice | undefined): string[] {
  const { code } = (schema?.properties ?? {}) as Record<string, Choice>
  const parts = [...(schema?.oneOf ?? []), ...(schema?.allOf?.slice(1) ?? [])]
  return [...(code?.enum ?? []), ...parts.flatMap(listCodes)]
}

/** The example of a refusal. It leaves out `messages`, because the reason depends on the token. */
export function findExample({ responses }: DocumentedOperation, kind: string): object | undefined {
  const [status = '', name = ''] = kind.split(' ')
  if (name === 'page') return undefined
  const media = responses[status]?.content?.['application/json']
  const value = media?.examples?.[name]?.value ?? media?.example
  if (typeof value !== 'object' || value === null) return undefined
  const { messages: _, ...example } = value as { messages?: unknown }
  return example
}
