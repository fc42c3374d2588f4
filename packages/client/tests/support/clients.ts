import { type ClientOptions, createClient, type LatchkeyClient } from '../../src/index.ts'
import { memoryStorage } from '../../src/session/storage.ts'
import { createModelServer, type ModelServer } from './model-server.ts'
import { createUnreliableNetwork, type Delivery } from './unreliable-network.ts'

/** Where the model server pretends to be. */
export const BASE_URL = 'https://auth.example.com'
/** The credentials of the tests' first person. */
export const ADA = { email: 'ada@example.com', password: 'correct horse' }
/** The credentials of another. */
export const BOB = { email: 'bob@example.com', password: 'battery staple' }

/** A server, a network whose weather the test makes, and a client behind it. */
export interface TestSetup {
  server: ModelServer
  client: LatchkeyClient
  storage: ReturnType<typeof memoryStorage>
  /** The fates of the requests to come, by path; without one all goes well. */
  deliveries: Map<string, Delivery[]>
  /** Another tab of the same browser. */
  openTab(options?: Partial<ClientOptions>): LatchkeyClient
}

/** Sets a setup. */
export function setUpClient(options: Partial<ClientOptions> = {}): TestSetup {
  const server = createModelServer()
  const storage = memoryStorage()
  const deliveries = new Map<string, Delivery[]>()
  const network = createUnreliableNetwork(server.fetch, (path) => deliveries.get(path)?.shift() ?? {})
  const openTab = (further: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: BASE_URL, storage, fetch: network, ...options, ...further })
  return { server, storage, deliveries, openTab, client: openTab() }
}

/** How often an operation arrived at the server. */
export function countArrived(server: ModelServer, request: string): number {
  return server.arrived.filter((arrived) => arrived === request).length
}
