import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Answer } from '../call.ts'
import type { Document, DocumentedOperation, DocumentedResponse, JsonSchema } from './document.ts'

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
 * Makes the check of a document: status, headers, content type and body.
 *
 * @returns a check that throws when the answer differs from the document
 */
export function createCheck(document: Document): CheckAnswer {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const compiled = new WeakMap<JsonSchema, ValidateFunction>()
  const compile = (schema: JsonSchema) => {
    const check = compiled.get(schema) ?? ajv.compile({ ...schema, components: document.components })
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
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      const { required, schema } = header.$ref ? followHeader(document, header.$ref) : header
      if (!headers.has(name) && !required) continue
      const sent = name === 'Set-Cookie' ? headers.getSetCookie() : [headers.get(name)]
      if (sent.length === 0) throw new Error(`${name} was not sent.`)
      const isNumber = schema?.type === 'integer'
      for (const value of sent) validate(schema, isNumber ? Number(value) : value, `The header ${name}`)
    }
    const known = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase())
    const unknown = [...headers.keys()].filter((name) => !GENERAL_HEADERS.has(name) && !known.includes(name))
    if (unknown.length > 0) throw new Error(`The headers ${unknown} are not documented.`)
  }

  return (operation, answer) => {
    const response = operation.responses[answer.status]
    const what = `${operation.method} ${operation.path} ${answer.status} ${answer.text.slice(0, 200)}`
    if (!response) throw new Error(`${what}: the status is not documented.`)
    try {
      checkHeaders(response, answer)
      return `${answer.status} ${checkBody(response, answer, validate)}`
    } catch (error) {
      throw new Error(`${what}: ${(error as Error).message}`)
    }
  }
}

function followHeader({ components }: Document, ref: string) {
  const header = components.headers[ref.replace('#/components/headers/', '')]
  if (!header) throw new Error(`${ref} leads nowhere.`)
  return header
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
  return media.examples ? findExample(media.examples, answer.body) : 'json'
}

/** Finds the example with the code of this refusal. All refusals of fields have one example. */
function findExample(examples: Record<string, { value: unknown }>, body: unknown): string {
  const refusal = body as { code?: string; detail?: string }
  if (typeof refusal.detail !== 'string') return 'field_errors'
  const found = Object.entries(examples).filter(
    ([, { value }]) => (value as typeof refusal).code === refusal.code,
  )
  const [name] = found[0] ?? []
  if (name === undefined) throw new Error(`the code ${refusal.code} has no example.`)
  return name
}
