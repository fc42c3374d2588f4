import { type Access, type ContractSettings, REFRESH_COOKIE, RESET_COOKIE } from '@latchkey/contract'
import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-openapi'
import type { AppRouter } from '../../../procedures/router.ts'
import { VERSION } from '../../../version.ts'
import { type Endpoint, listEndpoints } from '../../rest/endpoints.ts'
import { describeBody, describeFields, findBodySchema } from './body.ts'
import { addHeaders, COMMON_HEADERS, describeCookies } from './headers.ts'
import { describePages } from './pages.ts'
import { REFUSAL_SCHEMA } from './refusal-schema.ts'
import { describeRefusals, describeSuccess } from './responses.ts'
import { describeSystem } from './system.ts'
import type { Operation, Paths } from './types.ts'

/** The reset link: the caller sends its cookie, or no cookie and the secret of the link in the body. */
const SECURITY: Record<Access, Record<string, string[]>[]> = {
  anonymous: [],
  cookie: [{ resetCookie: [] }, {}],
  authenticated: [{ bearer: [] }],
  staff: [{ bearer: [] }],
  superuser: [{ bearer: [] }],
  logout: [{ bearer: [] }],
}

const describeCookie = (name: string, description: string) =>
  ({ type: 'apiKey', in: 'cookie', name, description }) as const

const OF_REFRESH = 'The refresh token, HttpOnly. Pages of other sites are refused where it is read or set.'

const DESCRIPTION = `Accounts and sessions over plain HTTP. Paths work with and without the trailing slash; bodies may be JSON or a form.`

export interface DocumentOptions {
  router: AppRouter
  publicUrl: string
  settings: ContractSettings
}

/**
 * Makes the OpenAPI document of a router.
 *
 * The generator turns the schemas of input and output into JSON Schema. This function adds what the generator does not
 * know of the contract: trailing slashes, statuses, access, and every refusal.
 */
export function createOpenApiDocument(options: DocumentOptions): OpenAPIObject {
  const { settings } = options
  const { cookieMode, cookiePrefix } = settings
  const generated = generateOpenApiDocument(options.router, {
    title: 'Latchkey',
    description: DESCRIPTION,
    version: VERSION,
    openApiVersion: '3.1.0',
    baseUrl: options.publicUrl,
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token.' },
      resetCookie: describeCookie(cookiePrefix + RESET_COOKIE, 'Set when a reset link is opened.'),
      ...(cookieMode && { refreshCookie: describeCookie(cookiePrefix + REFRESH_COOKIE, OF_REFRESH) }),
    },
  })
  const paths: Paths = { ...describeSystem(), ...describePages(settings) }
  for (const endpoint of listEndpoints(options.router)) {
    const operation = createOperation(endpoint, findGenerated(generated.paths ?? {}, endpoint), settings)
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation }
  }
  const { securitySchemes } = generated.components ?? {}
  return {
    ...generated,
    paths,
    components: { securitySchemes, schemas: { Refusal: REFUSAL_SCHEMA }, headers: COMMON_HEADERS },
  }
}

/** The generator knows an operation by the first method of its procedure, and paths without their trailing slash. */
function findGenerated(paths: Paths, { path, meta }: Endpoint): Operation {
  const item = paths[path.replace(/\/$/, '')]
  const method = meta.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  const operation = item?.[method]
  if (!operation) throw new Error(`The generator left out ${method} ${path}.`)
  return operation
}

function createOperation(endpoint: Endpoint, generated: Operation, settings: ContractSettings): Operation {
  const schema = findBodySchema(generated)
  const fields = describeFields(endpoint, schema, listQueryNames(generated))
  const responses = {
    ...describeSuccess(endpoint, generated),
    ...describeRefusals(endpoint, { fields, settings }),
  }
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    description: generated.description,
    tags: generated.tags,
    security: describeSecurity(endpoint),
    ...(generated.parameters?.length && { parameters: generated.parameters }),
    ...(schema && { requestBody: describeBody(schema) }),
    responses: addHeaders(responses, describeCookies(endpoint, settings)),
  }
}

/** In cookie mode the cookie alone refreshes and signs out. */
function describeSecurity({ meta }: Endpoint): Record<string, string[]>[] {
  return meta.cookieDecides ? [{ refreshCookie: [] }] : SECURITY[meta.access]
}

function listQueryNames(generated: Operation): string[] {
  const parameters = generated.parameters ?? []
  return parameters.flatMap((one) => ('in' in one && one.in === 'query' ? one.name : []))
}
