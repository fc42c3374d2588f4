import { cookieMode } from '../../src/cookie/index.ts'
import { createClient, type Mode, type TokenStorage } from '../../src/index.ts'
import { memoryStorage } from '../../src/session/storage.ts'
import { BASE_URL } from './clients.ts'
import { createCookieBrowser } from './cookie-browser.ts'
import { createModelServer } from './model-server.ts'
import { createUnreliableNetwork, type Delivery } from './unreliable-network.ts'

/** The key of the session in the storage of the tests. */
export const KEY = `latchkey:${BASE_URL}`
/** The places of the refresh token. */
export const MODES = ['token', 'cookie'] as const

/** Finds the mode for `createClient`; the default for the token. */
export function modeOf(name: string): Mode | undefined {
  return name === 'cookie' ? cookieMode : undefined
}

/** Creates a server in one of the modes, and tabs of one browser. */
export function setUpClientInMode(mode: (typeof MODES)[number], storage: TokenStorage = memoryStorage()) {
  const server = createModelServer()
  const deliveries = new Map<string, Delivery[]>()
  // A cookie arrives with its answer: late, or not at all.
  const network = {
    fetch: createUnreliableNetwork(server.fetch, (path) => deliveries.get(path)?.shift() ?? {}),
  }
  const { fetch } = mode === 'cookie' ? createCookieBrowser(network) : network
  const openTab = () => createClient({ baseUrl: BASE_URL, mode: modeOf(mode), storage, fetch })
  return { server, storage, deliveries, openTab, client: openTab() }
}
