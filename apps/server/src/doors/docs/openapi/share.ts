import { toTypeName } from './names.ts'
import { listParameterSchemas } from './parameters.ts'
import { findName } from './schemas.ts'
import type {
  Components,
  Headers,
  Operation,
  Parameter,
  Paths,
  Reference,
  Responses,
  Schema,
} from './types.ts'

type Response = Responses[string]
type Header = Headers[string]
type Media = NonNullable<Extract<Response, { content?: unknown }>['content']>[string]
type Examples = NonNullable<Media['examples']>
type Example = Examples[string]

const STATUS_NAMES: Record<string, string> = {
  200: 'Done',
  204: 'Nothing',
  302: 'Redirect',
  303: 'NextPage',
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'TooManyRequests',
}

/**
 * Moves the responses, headers, examples and parameters that several operations share into `components`, and leaves references.
 *
 * Equal parts are shared, whatever made them. Of different parts with one name the most frequent one gets the name. A
 * response then gets the name of one of its refusals too. The others stay where they are.
 */
export function shareParts(paths: Paths): { paths: Paths; components: Components } {
  const written: Operation[] = Object.values(paths).flatMap((item) => Object.values(item) as Operation[])
  const headers = findShared<Header>('headers', written.flatMap(listHeaders))
  const examples = findShared<Example>('examples', written.flatMap(listExamples))
  const shareInside = (operation: Operation): Operation => ({
    ...operation,
    responses: mapValues(operation.responses ?? {}, (response: Response) => ({
      ...response,
      ...('headers' in response && { headers: mapValues(headersOf(response), headers.refer) }),
      ...('content' in response && { content: mapValues(contentOf(response), shareExamples) }),
    })) as Responses,
  })
  const shareExamples = (media: Media): Media =>
    media.examples ? { ...media, examples: mapValues(media.examples, examples.refer) as Examples } : media
  const inside = mapValues(paths, (item) => mapValues(item as Record<string, Operation>, shareInside))
  const operations = Object.values(inside).flatMap((item) => Object.values(item))
  const responses = findShared<Response>(
    'responses',
    operations.flatMap((operation) =>
      Object.entries(operation.responses ?? {})
        .filter(([status, part]) => !isAnswer(status, part))
        .map(([status, part]) => ({
          name: nameResponse(status, part),
          otherwise: listFurtherNames(status, part),
          part,
        })),
    ),
  )
  const parameters = findShared<Parameter>(
    'parameters',
    operations.flatMap(({ parameters = [] }) =>
      parameters.map((part) => ({ name: nameParameter(part), part })),
    ),
  )
  const share = (operation: Operation): Operation => ({
    ...operation,
    ...(operation.parameters && { parameters: operation.parameters.map(parameters.refer) }),
    responses: mapValues(operation.responses ?? {}, responses.refer),
  })
  return {
    paths: mapValues(inside, (item) => mapValues(item, share)) as Paths,
    components: {
      headers: headers.named as Components['headers'],
      examples: examples.named as Components['examples'],
      parameters: parameters.named as Components['parameters'],
      responses: responses.named as Components['responses'],
    },
  }
}

/** A shorter field or schema is no longer than the reference to it. */
const MIN_FIELD_CHARACTERS = 80

/** Gives the fields that schemas and queries share a name, and leaves references: `RedirectTo`, `Password`. */
export function shareFields(
  paths: Paths,
  schemas: Record<string, Schema>,
): { paths: Paths; schemas: Record<string, Schema> } {
  const operations = Object.values(paths).flatMap((item) => Object.values(item) as Operation[])
  const fields: [string, Field][] = [
    ...Object.values(schemas).flatMap((schema) =>
      'properties' in schema ? Object.entries(schema.properties ?? {}) : [],
    ),
    ...operations.flatMap(({ parameters = [] }) => listParameterSchemas(parameters)),
  ]
  const shared = findShared<Field>(
    'schemas',
    fields
      .map(([name, part]) => ({ name: nameField(name, part), part }))
      .filter(({ name, part }) => !(name in schemas) && JSON.stringify(part).length >= MIN_FIELD_CHARACTERS),
  )
  const shareIn = (schema: Schema): Schema =>
    'properties' in schema
      ? { ...schema, properties: mapValues(schema.properties ?? {}, shared.refer) }
      : schema
  const shareOf = (one: Parameter): Parameter =>
    'schema' in one && one.schema ? { ...one, schema: shared.refer(one.schema) as typeof one.schema } : one
  const shareAt = (operation: Operation): Operation =>
    operation.parameters ? { ...operation, parameters: operation.parameters.map(shareOf) } : operation
  const named = { ...mapValues(schemas, shareIn), ...(shared.named as Record<string, Schema>) }
  return {
    paths: mapValues(paths, (item) => mapValues(item as Record<string, Operation>, shareAt)) as Paths,
    schemas: referToEqual(named),
  }
}

/** Writes each of several equal schemas once. The others keep their names, and refer to it. */
function referToEqual(schemas: Record<string, Schema>): Record<string, Schema> {
  const first = new Map<string, string>()
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const text = JSON.stringify(schema)
      const written = first.get(text) ?? name
      first.set(text, written)
      const isShort = text.length < MIN_FIELD_CHARACTERS
      return [name, written === name || isShort ? schema : { $ref: `#/components/schemas/${written}` }]
    }),
  )
}

type Field = NonNullable<Extract<Schema, { properties?: unknown }>['properties']>[string]

/** Names a field by its format, since `new_password1` is a password, or else by itself. */
function nameField(name: string, field: Field): string {
  return toTypeName(typeof field === 'object' && 'format' in field ? String(field.format) : name)
}

/** Lists the headers of the answers of an operation. A reference is no part to share. */
function listHeaders({ responses = {} }: Operation): { name: string; part: Header }[] {
  return Object.values(responses as Record<string, Response>).flatMap((response) =>
    Object.entries(headersOf(response))
      .filter(([, part]) => !('$ref' in part))
      .map(([name, part]) => ({ name: `Given-${name}`, part })),
  )
}

function headersOf(response: Response): Record<string, Header> {
  return ('headers' in response && response.headers) || {}
}

/** Lists the examples of the answers of an operation. A refusal reads the same wherever it is given. */
function listExamples({ responses = {} }: Operation): { name: string; part: Example }[] {
  return Object.values(responses as Record<string, Response>)
    .flatMap((response) => Object.values(contentOf(response)))
    .flatMap(({ examples = {} }) => Object.entries(examples))
    .map(([code, part]) => ({ name: toTypeName(code), part }))
}

function contentOf(response: Response): Record<string, Media> {
  return ('content' in response && response.content) || {}
}

function findShared<Part>(kind: string, all: { name: string; otherwise?: string[]; part: Part }[]) {
  const groups = [...Map.groupBy(all, ({ part }) => JSON.stringify(part)).values()]
  const repeated = groups.filter((same) => same.length > 1).sort((a, b) => b.length - a.length)
  const named: Record<string, Part> = {}
  for (const [first] of repeated) {
    const free = first && [first.name, ...(first.otherwise ?? [])].find((name) => !(name in named))
    if (first && free !== undefined) named[free] = first.part
  }
  const names = new Map(Object.entries(named).map(([name, part]) => [JSON.stringify(part), name]))
  return {
    named: Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))),
    refer: (part: Part): Part | Reference => {
      const name = names.get(JSON.stringify(part))
      return name ? { $ref: `#/components/${kind}/${name}` } : part
    },
  }
}

/** Answers whether a response is JSON of success. Some generators read its type only where it stands at its operation. */
function isAnswer(status: string, response: Response): boolean {
  return status < '300' && 'content' in response && 'application/json' in (response.content ?? {})
}

/** Names a response by its only refusal, by its schema, or else by its status. */
function nameResponse(status: string, response: Response): string {
  if (status === 'default') return nameGeneral(response)
  const content = 'content' in response ? (response.content ?? {}) : {}
  const json = content['application/json']
  const [first] = json?.schema && 'oneOf' in json.schema ? (json.schema.oneOf ?? []) : []
  const schemaName = findName(first ?? json?.schema)
  // A generator may write schemas and responses into one namespace, so a response never has the name of its schema.
  const ofSchema = schemaName && (status < '400' ? 'Ok' : 'Refused') + schemaName
  const ofJson = json?.example ? toTypeName(json.example.code) : ofSchema
  const isPage = 'text/html' in content
  if (!json && isPage) return 'OkPage'
  return (ofJson ?? STATUS_NAMES[status] ?? `Status${status}`) + (isPage ? 'OrPage' : '')
}

/**
 * Names a response by its status and the last or first of several refusals (`UnauthorizedInvalidSocialToken`), or by the
 * second of its schemas.
 */
function listFurtherNames(status: string, response: Response): string[] {
  const { examples = {}, schema } = contentOf(response)['application/json'] ?? {}
  const codes = Object.keys(examples)
  const [, second] = schema && 'oneOf' in schema ? (schema.oneOf ?? []) : []
  const parts = [...codes.slice(-1), ...codes.slice(0, 1), findName(second) ?? []].flat()
  return parts.map((part) => (STATUS_NAMES[status] ?? `Status${status}`) + toTypeName(part))
}

/** What any operation may answer, with a body to read, and with a page for people. */
function nameGeneral(response: Response): string {
  const text = JSON.stringify(response)
  return `General${text.includes('request_too_large') ? 'WithBody' : ''}${text.includes('text/html') ? 'OrPage' : ''}`
}

function nameParameter(parameter: Parameter): string {
  return 'name' in parameter ? toTypeName(parameter.name) : ''
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

/** Leaves out the components that no operation refers to, directly or through another component. */
export function keepUsed(paths: Paths, components: Components): Components {
  const parts = components as Record<string, Record<string, unknown>>
  const used = new Set<string>()
  const follow = (part: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(part).matchAll(/#\/components\/(\w+)\/([^"]+)"/g)) {
      if (used.has(`${kind}/${name}`)) continue
      used.add(`${kind}/${name}`)
      follow(parts[kind]?.[name])
    }
  }
  follow(paths)
  const kept = Object.entries(parts).map(([kind, byName]) => {
    const entries = Object.entries(byName)
    const isUsed = ([name]: [string, unknown]) => kind === 'securitySchemes' || used.has(`${kind}/${name}`)
    return [kind, Object.fromEntries(entries.filter(isUsed))] as const
  })
  return Object.fromEntries(kept.filter(([, byName]) => Object.keys(byName).length > 0))
}
