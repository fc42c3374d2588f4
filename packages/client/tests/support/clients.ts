import '../../src/evidence/index.ts'
import { type ClientOptions, createClient, type LatchkeyClient, type SignedIn } from '../../src/index.ts'
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

/** Signs a user in who has no second factor. */
export async function signIn(client: LatchkeyClient, credentials: typeof ADA): Promise<SignedIn> {
  const result = await client.login(credentials)
  if (result.status !== 'signed_in') throw new Error(`not signed in: ${result.status}`)
  return result
}

/** Takes the tokens out of the answer to a sign-in of the raw tRPC client. */
export function tokensOf<Answer extends object>(answer: Answer): Extract<Answer, { access: string }> {
  if (!('access' in answer)) throw new Error('The answer has no tokens.')
  return answer as Extract<Answer, { access: string }>
}
