import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Answer } from '../call.ts'
import {
  type DocumentedMedia,
  type DocumentedOperation,
  type DocumentedResponse,
  type JsonSchema,
  listBodies,
  statusOf,
} from './document.ts'

/** Headers that belong to no operation: those of the connection, and the protective ones of every answer. */
const GENERAL_HEADERS = new Set([
  'connection',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'referrer-policy',
  'transfer-encoding',
  'x-content-type-options',
  'x-frame-options',
])

/** Checks a real answer against the document, and returns its documented kind. */
export type CheckAnswer = (operation: DocumentedOperation, answer: Answer) => string

/**
 * Makes the check of an answer: status, headers, content type and body. The operation has no references.
 *
 * @param pageHeaders - the headers that every page has, and no other answer
 * @returns a check that throws when the answer differs from the operation
 */
export function createCheck(pageHeaders: NonNullable<DocumentedResponse['headers']>): CheckAnswer {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const compiled = new WeakMap<JsonSchema, ValidateFunction>()
  const compile = (schema: JsonSchema) => {
    const check = compiled.get(schema) ?? ajv.compile(schema)
    compiled.set(schema, check)
    return check
  }
  const validate = (schema: JsonSchema | undefined, value: unknown, what: string) => {
    if (!schema) throw new Error(`${what} has no schema.`)
    const check = compile(schema)
    if (!check(value)) {
      throw new Error(`${what} is ${JSON.stringify(value)}, but ${ajv.errorsText(check.errors)}.`)
    }
  }

  function checkHeaders(response: DocumentedResponse, { headers }: Answer): void {
    const isPage = headers.get('content-type')?.startsWith('text/html')
    const documented = { ...response.headers, ...(isPage && pageHeaders) }
    for (const [name, header] of Object.entries(documented)) {
      const { required, schema } = header
      if (!headers.has(name) && !required) continue
      const sent = name === 'Set-Cookie' ? headers.getSetCookie() : [headers.get(name)]
      if (sent.length === 0) throw new Error(`${name} was not sent.`)
      const isNumber = schema?.type === 'integer'
      for (const value of sent) validate(schema, isNumber ? Number(value) : value, `The header ${name}`)
    }
    const known = Object.keys(documented).map((name) => name.toLowerCase())
    const unknown = [...headers.keys()].filter((name) => !GENERAL_HEADERS.has(name) && !known.includes(name))
    if (unknown.length > 0) throw new Error(`The headers ${unknown} are not documented.`)
  }

  return (operation, answer) => {
    const response = operation.responses[answer.status] ?? operation.responses.default
    const what = `${operation.method} ${operation.path} ${answer.status} ${answer.text.slice(0, 200)}`
    if (!response) throw new Error(`${what}: the status is not documented.`)
    try {
      checkHeaders(response, answer)
      if (!operation.responses[answer.status]) checkGeneral(operation, answer)
      return `${answer.status} ${checkBody(response, answer, validate)}`
    } catch (error) {
      throw new Error(`${what}: ${(error as Error).message}`)
    }
  }
}

function checkBody(
  { content }: DocumentedResponse,
  answer: Answer,
  validate: (schema: JsonSchema | undefined, value: unknown, what: string) => void,
): string {
  const type = answer.headers.get('content-type')
  if (!content) {
    if (answer.text !== '' || type !== null) throw new Error('a body is not documented.')
    return 'empty'
  }
  const [mediaType = ''] = type?.split(';') ?? []
  const media = content[mediaType]
  if (!media) throw new Error(`the content type ${type} is not documented.`)
  if (mediaType === 'text/html') {
    validate(media.schema, answer.text.toLowerCase(), 'The page')
    return 'page'
  }
  validate(media.schema, answer.body, 'The body')
  return findKind(media, answer.body)
}

/** Finds the kind of a body. Of several examples with one code the first is meant. */
function findKind(media: DocumentedMedia, body: unknown): string {
  const kinds = listBodies(media)
  if (kinds[0] === 'json') return 'json'
  const refusal = body as { code?: string; detail?: string }
  const code = typeof refusal.detail === 'string' ? refusal.code : 'field_errors'
  const ofCode = ([, { value }]: [string, { value: unknown }]) => (value as typeof refusal).code === code
  const [example] = Object.entries(media.examples ?? {}).filter(ofCode)
  const found = example?.[0] ?? kinds.find((kind) => kind === code)
  if (found === undefined) throw new Error(`the code ${code} is not documented.`)
  return found
}

/** Checks an answer that stands under `default`: the status is that of a general code, and tells when to come back. */
function checkGeneral({ responses }: DocumentedOperation, { status, headers, body }: Answer): void {
  const codes = listBodies(responses.default?.content?.['application/json'] ?? {})
  const { code } = (body ?? {}) as { code?: string }
  const isPage = headers.get('content-type')?.startsWith('text/html')
  const known = isPage ? codes.map(statusOf) : code ? [statusOf(code)] : []
  if (!known.includes(status)) throw new Error(`${status} is not the status of ${code ?? codes}.`)
  const mustWait = status === 429 || status === 503
  if (mustWait !== headers.has('retry-after')) throw new Error(`Retry-After with ${status}.`)
}
