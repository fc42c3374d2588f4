import { createClient, type TokenStorage } from '../../src/index.ts'
import { memoryStorage } from '../../src/session/storage.ts'
import { BASE_URL } from './clients.ts'
import { createCookieBrowser } from './cookie-browser.ts'
import { createModelServer } from './model-server.ts'
import { createUnreliableNetwork, type Delivery } from './unreliable-network.ts'

/** Under which name the tests' sessions are stored. */
export const KEY = `latchkey:${BASE_URL}`
/** Where the refresh token may live. */
export const MODES = ['token', 'cookie'] as const

/** Tabs of one browser before a server in either mode. */
export function setUpClientInMode(mode: (typeof MODES)[number], storage: TokenStorage = memoryStorage()) {
  const server = createModelServer()
  const deliveries = new Map<string, Delivery[]>()
  // A cookie comes with its answer: late, or not at all.
  const network = {
    fetch: createUnreliableNetwork(server.fetch, (path) => deliveries.get(path)?.shift() ?? {}),
  }
  const { fetch } = mode === 'cookie' ? createCookieBrowser(network) : network
  const openTab = () => createClient({ baseUrl: BASE_URL, mode, storage, fetch })
  return { server, storage, deliveries, openTab, client: openTab() }
}
