import { listPages, REFERENCE_SETTINGS } from '@latchkey/contract'
import { type Endpoint, listEndpoints } from '../src/doors/rest/endpoints.ts'
import { createRouter } from '../src/procedures/router.ts'

/** Headers of a caller that asks for JSON. Without them some operations answer with a page. */
export const JSON_CALLER = { accept: 'application/json' }

/** Every operation of the server. The list comes from the router, so that no operation is forgotten. */
export const OPERATIONS: Endpoint[] = listEndpoints(
  createRouter({ ...REFERENCE_SETTINGS, emailVerification: 'optional' }),
)

/** A page that is not an operation, as a browser or a provider asks for it. */
export interface AskedPage {
  method: 'GET' | 'POST'
  path: string
  operationId: string
}

/** Every such page. The list comes from the contract, so that no page is forgotten. */
export const PAGES = listPages(REFERENCE_SETTINGS).flatMap(([, page]): AskedPage[] => {
  const { path, operationId, alsoPost } = page
  return [
    { method: 'GET', path, operationId },
    ...(alsoPost ? [{ method: 'POST' as const, path, operationId: alsoPost }] : []),
  ]
})

/** Operations without an access token. Only the body or the path decides their answer. */
export const ANONYMOUS = operationsOf('anonymous', 'cookie')

/** Lists the operations with some kinds of access. */
export function operationsOf(...access: Endpoint['meta']['access'][]): [string, Endpoint][] {
  return OPERATIONS.filter(({ meta }) => access.includes(meta.access)).map((endpoint) => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ])
}

/** The path of an operation, with an id for each parameter. */
export function pathOf(endpoint: Endpoint, id = '01890a5d-ac96-774b-bcce-b302099a8057'): string {
  return endpoint.path.replaceAll(/\{\w+\}/g, id)
}
