import { type Endpoint, listEndpoints } from '../src/rest/endpoints.ts'
import { createRouter } from '../src/router.ts'

/** Every operation of the server, from the router's own list: a derived list forgets nothing. */
export const OPERATIONS: Endpoint[] = listEndpoints(
  createRouter({
    registrationNamesRequired: true,
    oldPasswordRequired: true,
    emailVerification: 'optional',
    emailLinkButton: false,
    refreshCookie: null,
  }),
)

/** The operations of one kind of access. */
export function operationsOf(...access: Endpoint['meta']['access'][]): [string, Endpoint][] {
  return OPERATIONS.filter(({ meta }) => access.includes(meta.access)).map((endpoint) => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ])
}

/** The path of an operation with some id where it wants one. */
export function pathOf(endpoint: Endpoint, id = '01890a5d-ac96-774b-bcce-b302099a8057'): string {
  return endpoint.path.replace(/\{\w+\}/, id)
}
