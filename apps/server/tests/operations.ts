import { REFERENCE_SETTINGS } from '@latchkey/contract'
import { type Endpoint, listEndpoints } from '../src/doors/rest/endpoints.ts'
import { createRouter } from '../src/procedures/router.ts'

/** Where the answer is a page unless the caller asks for JSON. */
export const JSON_CALLER = { accept: 'application/json' }

/** Every operation of the server, from the router's own list: a derived list forgets nothing. */
export const OPERATIONS: Endpoint[] = listEndpoints(
  createRouter({ ...REFERENCE_SETTINGS, emailVerification: 'optional' }),
)

/** Operations through which anyone may try a mailed link; the body or the path alone says whether it is good. */
export const ANONYMOUS = operationsOf('anonymous', 'cookie')

/** The operations of one kind of access. */
export function operationsOf(...access: Endpoint['meta']['access'][]): [string, Endpoint][] {
  return OPERATIONS.filter(({ meta }) => access.includes(meta.access)).map((endpoint) => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ])
}

/** The path of an operation with some id where it wants one. */
export function pathOf(endpoint: Endpoint, id = '01890a5d-ac96-774b-bcce-b302099a8057'): string {
  return endpoint.path.replaceAll(/\{\w+\}/g, id)
}
