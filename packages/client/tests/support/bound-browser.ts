import { cookieMode } from '../../src/cookie/index.ts'
import { type ClientOptions, createClient, memoryStorage, type TokenStorage } from '../../src/index.ts'
import { ADA, BASE_URL } from './clients.ts'
import { createCookieBrowser } from './cookie-browser.ts'
import { stubCrypto } from './held-crypto.ts'
import { createModelServer } from './model-server.ts'
import { stubDatabase } from './soft-database.ts'
import { createUnreliableNetwork, type Delivery } from './unreliable-network.ts'
import { passSeconds, settle } from './vitest.ts'

/** The key of the session in the storage. */
export const KEY = `latchkey:${BASE_URL}`

/** Creates a storage as a browser has it: it outlives its pages. */
export function deviceStorage(): TokenStorage {
  return { ...memoryStorage(), lifetime: 'device' }
}

/** Creates a browser with an IndexedDB, whose tabs are clients of a model of the server. */
export function openBrowser(options: Partial<ClientOptions> & { inCookie?: boolean } = {}) {
  const { inCookie, ...given } = options
  const server = createModelServer()
  const database = stubDatabase()
  stubCrypto()
  const storage = deviceStorage()
  const deliveries: Delivery[] = []
  const network = createUnreliableNetwork(server.fetch, (path) =>
    path === '/refresh/' ? (deliveries.shift() ?? {}) : {},
  )
  const fetch = inCookie ? createCookieBrowser({ fetch: network }).fetch : network
  const mode = inCookie ? { mode: cookieMode } : {}
  const openTab = (further: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: BASE_URL, storage, fetch, ...mode, ...given, ...further })
  return { server, database, storage, deliveries, openTab, client: openTab() }
}

/** Signs in, and lets the access token expire. */
export async function signInAndWait(browser: ReturnType<typeof openBrowser>): Promise<void> {
  await settle(browser.client.login(ADA))
  await passSeconds(1810)
}

/** Lists the values of a header of the requests that arrived, for one path. */
export function sentHeaders({ server }: ReturnType<typeof openBrowser>, path: string, name: string) {
  return server.arrived.flatMap((request, index) =>
    request.endsWith(` ${path}`) ? [server.headers[index]?.get(name) ?? null] : [],
  )
}
