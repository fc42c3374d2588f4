import { type ClientOptions, createClient, type LatchkeyClient } from '../../src/index.ts'
import { memoryStorage } from '../../src/session/storage.ts'
import { createModelServer, type ModelServer } from './model-server.ts'
import { createUnreliableNetwork, type Delivery } from './unreliable-network.ts'

/** The URL of the model server. */
export const BASE_URL = 'https://auth.example.com'
/** The credentials of the first user of the tests. */
export const ADA = { email: 'ada@example.com', password: 'correct horse' }
/** The credentials of the second user. */
export const BOB = { email: 'bob@example.com', password: 'battery staple' }

/** A model server, a network that the test controls, and a client behind it. */
export interface TestSetup {
  server: ModelServer
  client: LatchkeyClient
  storage: ReturnType<typeof memoryStorage>
  /** The deliveries of the next requests, by path; a request without one is delivered at once. */
  deliveries: Map<string, Delivery[]>
  /** Opens another tab of the same browser. */
  openTab(options?: Partial<ClientOptions>): LatchkeyClient
}

/** Creates a model server, an unreliable network and a client. */
export function setUpClient(options: Partial<ClientOptions> = {}): TestSetup {
  const server = createModelServer()
  const storage = memoryStorage()
  const deliveries = new Map<string, Delivery[]>()
  const network = createUnreliableNetwork(server.fetch, (path) => deliveries.get(path)?.shift() ?? {})
  const openTab = (further: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: BASE_URL, storage, fetch: network, ...options, ...further })
  return { server, storage, deliveries, openTab, client: openTab() }
}

/** Counts how often a request arrived at the server. */
export function countArrived(server: ModelServer, request: string): number {
  return server.arrived.filter((arrived) => arrived === request).length
}
