import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-openapi'
import { RESET_COOKIE } from '../http/app-cookies.ts'
import type { Access } from '../meta.ts'
import { type Endpoint, listEndpoints } from '../rest/endpoints.ts'
import type { AppRouter } from '../router.ts'
import { VERSION } from '../version.ts'
import { describePages, type PageOptions } from './pages.ts'
import { describeRefusals, REFUSAL_SCHEMA } from './responses.ts'
import { createSuccess } from './success.ts'
import type { Operation, Paths } from './types.ts'

/** Either the cookie of an opened link, or nothing: the link's own secret is then in the body. */
const SECURITY: Record<Access, Record<string, string[]>[]> = {
  anonymous: [],
  cookie: [{ resetCookie: [] }, {}],
  authenticated: [{ bearer: [] }],
  staff: [{ bearer: [] }],
  superuser: [{ bearer: [] }],
  logout: [{ bearer: [] }],
}

const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']

const DESCRIPTION = `Accounts and sessions over plain HTTP. Paths work with and without the trailing slash; bodies may be JSON or a form.`

/** What a document is made of. */
export interface DocumentOptions {
  router: AppRouter
  publicUrl: string
  pages: PageOptions
}

/**
 * Makes the OpenAPI document of a router.
 *
 * The generator turns the schemas of input and output into JSON Schema; what it does not know of the contract is
 * put right here: trailing slashes, statuses, who may call, and every refusal.
 *
 * @param options.pages - the settings that decide which pages there are
 */
export function createOpenApiDocument(options: DocumentOptions): OpenAPIObject {
  const generated = generateOpenApiDocument(options.router, {
    title: 'Latchkey',
    description: DESCRIPTION,
    version: VERSION,
    openApiVersion: '3.1.0',
    baseUrl: options.publicUrl,
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token.' },
      resetCookie: {
        type: 'apiKey',
        in: 'cookie',
        name: RESET_COOKIE,
        description: 'Set when a reset link is opened.',
      },
    },
  })
  const paths: Paths = describePages(options.pages)
  for (const endpoint of listEndpoints(options.router)) {
    const operation = createOperation(endpoint, findGenerated(generated.paths ?? {}, endpoint))
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation }
  }
  const { securitySchemes } = generated.components ?? {}
  return { ...generated, paths, components: { securitySchemes, schemas: { Refusal: REFUSAL_SCHEMA } } }
}

/** The generator knows an operation by the first method of its procedure, and paths without their last slash. */
function findGenerated(paths: Paths, { path, meta }: Endpoint): Operation {
  const item = paths[path.replace(/\/$/, '')]
  const method = meta.openapi?.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  const operation = item?.[method]
  if (!operation) throw new Error(`The generator left out ${method} ${path}.`)
  return operation
}

function createOperation(endpoint: Endpoint, generated: Operation): Operation {
  const { requestBody, fieldNames } = createRequestBody(generated)
  const queryNames = listQueryNames(generated)
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    description: generated.description,
    tags: generated.tags,
    security: SECURITY[endpoint.meta.access ?? 'authenticated'],
    ...(generated.parameters?.length && { parameters: generated.parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      ...createSuccess(endpoint, generated),
      ...describeRefusals(endpoint, [...fieldNames, ...queryNames]),
    },
  }
}

/** The same schema under every content type that is read; none when there is no field. */
function createRequestBody(generated: Operation) {
  const body = generated.requestBody && 'content' in generated.requestBody ? generated.requestBody : null
  const schema = body?.content['application/json']?.schema
  const fieldNames = schema && 'properties' in schema ? Object.keys(schema.properties ?? {}) : []
  if (fieldNames.length === 0) return { requestBody: null, fieldNames }
  const content = Object.fromEntries(BODY_TYPES.map((type) => [type, { schema }]))
  const required = schema !== undefined && 'required' in schema && (schema.required?.length ?? 0) > 0
  return { requestBody: { required, content }, fieldNames }
}

function listQueryNames(generated: Operation): string[] {
  const parameters = generated.parameters ?? []
  return parameters.flatMap((one) => ('in' in one && one.in === 'query' ? one.name : []))
}
