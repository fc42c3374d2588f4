import { type ContractSettings, REFRESH_COOKIE, RESET_COOKIE, refusal } from '@latchkey/contract'
import { generateOpenApiDocument } from 'trpc-openapi'
import type { AppRouter } from '../../../procedures/router.ts'
import { listEndpoints } from '../../rest/endpoints.ts'
import { COMMON_HEADERS, NAMED_HEADERS, NONCE_HEADER, PAGE_HEADERS } from './headers.ts'
import { describeServer, TAG_LIST } from './introduction.ts'
import { createOperation, findGenerated, USUAL_SECURITY } from './operation.ts'
import { describePages } from './pages.ts'
import { createSchemas } from './schemas.ts'
import { keepUsed, shareFields, shareParts } from './share.ts'
import { describeSystem } from './system.ts'
import type { Components, Document, Paths } from './types.ts'

const OF_REFRESH = 'The refresh token, HttpOnly. Pages of other sites are refused where it is read or set.'

export interface DocumentOptions {
  router: AppRouter
  publicUrl: string
  settings: ContractSettings
}

/**
 * Makes the OpenAPI document of a router.
 *
 * The generator turns the schemas of input and output into JSON Schema. This function adds what the generator does not
 * know of the contract: trailing slashes, statuses, access, and every refusal. Then it moves what operations share into
 * `components`.
 */
export function createOpenApiDocument({ router, publicUrl, settings }: DocumentOptions): Document {
  const generated = generateOpenApiDocument(router, {
    title: '',
    version: '',
    openApiVersion: '3.1.0',
    baseUrl: publicUrl,
    defs: { Refusal: refusal },
  })
  const schemas = createSchemas(generated.components?.schemas ?? {})
  const written: Paths = {}
  for (const endpoint of listEndpoints(router)) {
    const source = findGenerated(generated.paths ?? {}, endpoint)
    const operation = createOperation(endpoint, source, { settings, schemas })
    written[endpoint.path] = { ...written[endpoint.path], [endpoint.method.toLowerCase()]: operation }
  }
  const whole = { ...written, ...describePages(settings, schemas), ...describeSystem(schemas) }
  const fields = shareFields(whole, schemas.all)
  const { paths, components } = shareParts(fields.paths)
  const all = {
    securitySchemes: describeSchemes(settings),
    schemas: fields.schemas,
    ...components,
    headers: { ...NAMED_HEADERS, ...components.headers },
  }
  return {
    openapi: '3.1.0',
    ...describeServer(publicUrl, settings),
    security: USUAL_SECURITY,
    tags: TAG_LIST,
    'x-common-headers': { ...COMMON_HEADERS, ...NONCE_HEADER },
    'x-page-headers': PAGE_HEADERS,
    paths,
    components: keepUsed(paths, all),
  }
}

/** The ways to prove who calls. */
function describeSchemes({ cookieMode, cookiePrefix }: ContractSettings): Components['securitySchemes'] {
  return {
    bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token.' },
    resetCookie: describeCookie(cookiePrefix + RESET_COOKIE, 'Set when a reset link is opened.'),
    ...(cookieMode && { refreshCookie: describeCookie(cookiePrefix + REFRESH_COOKIE, OF_REFRESH) }),
  }
}

function describeCookie(name: string, description: string) {
  return { type: 'apiKey', in: 'cookie', name, description } as const
}
