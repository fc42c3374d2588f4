import { describe, expect, test } from 'vitest'
import { createClient, type LatchkeyClient } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { ADA, BASE_URL, signIn } from './support/clients.ts'
import { createModelServer, type ModelServer, sign } from './support/model-server.ts'
import { createRandom, createUnreliableNetwork, type Delivery } from './support/unreliable-network.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const TABS = 10
const MINUTES = 20

/** Drops or delays half of the answers to refreshes, by less than the grace. */
function makeDelivery(random: () => number, path: string): Delivery {
  if (path !== '/refresh/') return { answerMilliseconds: random() * 100 }
  const requestMilliseconds = random() * 200
  const kind = random()
  if (kind < 0.15) return { requestMilliseconds, lost: 'answer' }
  if (kind < 0.25) return { requestMilliseconds, lost: 'answer silently' }
  if (kind < 0.3) return { requestMilliseconds, lost: 'request' }
  if (kind < 0.5) return { requestMilliseconds, answerMilliseconds: random() * 25_000 }
  return { requestMilliseconds, answerMilliseconds: random() * 300 }
}

/** Calls the server again and again, and ignores failures. */
async function browse(tab: LatchkeyClient, random: () => number, until: number): Promise<void> {
  while (Date.now() < until) {
    await tab.user.get().catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, random() * 8_000))
  }
}

function openTabs(server: ModelServer, random: () => number): LatchkeyClient[] {
  const storage = memoryStorage()
  const fetch = createUnreliableNetwork(server.fetch, (path) => makeDelivery(random, path))
  return Array.from({ length: TABS }, () => createClient({ baseUrl: BASE_URL, storage, fetch }))
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'ten tabs of one browser behind an unreliable network, seed %s',
  (seed) => {
    test('no tab is signed out; a stolen refresh token used after the grace signs out every tab', async () => {
      const random = createRandom(seed)
      const server = createModelServer()
      server.accessSeconds = 5
      const tabs = openTabs(server, random)
      const [first] = tabs as [LatchkeyClient]
      const { sessionId } = await settle(signIn(first, ADA))
      const stolen = sign({ session: sessionId, generation: 1 })

      const until = Date.now() + MINUTES * 60_000
      const browsing = tabs.map((tab) => browse(tab, random, until))
      await passSeconds(MINUTES * 60 + 60)
      await Promise.all(browsing)
      expect(server.isAlive(sessionId)).toBe(true)
      expect(tabs.map((tab) => tab.session.state.status)).toEqual(Array(TABS).fill('signed_in'))

      expect((await refreshWith(server, stolen)).status).toBe(401)
      await settle(Promise.allSettled(tabs.map((tab) => tab.user.get())))
      expect(tabs.map((tab) => tab.session.state.status)).toEqual(Array(TABS).fill('signed_out'))
    })
  },
)

function refreshWith(server: ModelServer, refresh: string): Promise<Response> {
  return server.fetch(`${BASE_URL}/refresh/`, { method: 'POST', body: JSON.stringify({ refresh }) })
}
