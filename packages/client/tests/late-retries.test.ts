import { describe, expect, test } from 'vitest'
import { createClient, type LatchkeyClient } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { ADA, BASE_URL, signIn } from './support/clients.ts'
import { createCookieBrowser } from './support/cookie-browser.ts'
import { createModelServer, type ModelServer, sign } from './support/model-server.ts'
import { MODES, modeOf } from './support/modes.ts'
import { createRandom, createUnreliableNetwork, type Delivery } from './support/unreliable-network.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const TABS = 10
const RUN_SECONDS = 120
/** The longest time by which the clock of the server is stepped after a lost answer: its retry comes so late, at most. */
const LATEST_SECONDS = 3600
const SEEDS = [1, 2, 3, 4, 5, 6]

type Kind = 'plain' | 'keyed' | 'bound'

/** Loses half of the answers to refreshes, and delays others by less than a request may take. */
function makeDelivery(random: () => number, path: string): Delivery {
  if (path !== '/refresh/') return { answerMilliseconds: random() * 100 }
  const requestMilliseconds = random() * 200
  const kind = random()
  if (kind < 0.3) return { requestMilliseconds, lost: 'answer' }
  if (kind < 0.5) return { requestMilliseconds, lost: 'answer silently' }
  if (kind < 0.6) return { requestMilliseconds, lost: 'request' }
  if (kind < 0.7) return { requestMilliseconds, answerMilliseconds: random() * 20_000 }
  return { requestMilliseconds, answerMilliseconds: random() * 300 }
}

/** Takes the keys off, as a server without them would see the requests. */
function withoutKeys(send: typeof fetch): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers)
    headers.delete('idempotency-key')
    return send(input, { ...init, headers })
  }
}

/** Opens ten tabs of one browser behind an unreliable network. */
function openTabs(server: ModelServer, kind: Kind, mode: (typeof MODES)[number], random: () => number) {
  const storage = memoryStorage()
  const deliver = (path: string) => {
    const delivery = makeDelivery(random, path)
    // After the request has arrived, and before it is sent again.
    if (delivery.lost && random() < 0.3)
      setTimeout(
        () => {
          server.skewSeconds += random() * LATEST_SECONDS
        },
        (delivery.requestMilliseconds ?? 0) + 1,
      )
    return delivery
  }
  const unreliable = createUnreliableNetwork(server.fetch, deliver)
  const network = { fetch: kind === 'plain' ? withoutKeys(unreliable) : unreliable }
  const { fetch } = mode === 'cookie' ? createCookieBrowser(network) : network
  const bound = kind === 'bound'
  const options = { baseUrl: BASE_URL, storage, fetch, mode: modeOf(mode), bound }
  return Array.from({ length: TABS }, () => createClient(options))
}

/** Calls the server again and again until a time, and ignores failures. */
async function browse(tab: LatchkeyClient, random: () => number, until: number): Promise<void> {
  while (Date.now() < until) {
    await tab.user.get().catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, random() * 8_000))
  }
}

/** Lets ten tabs browse for two minutes, while their retries come up to an hour late. */
async function run(kind: Kind, mode: (typeof MODES)[number], seed: number) {
  const random = createRandom(seed)
  const server = createModelServer()
  server.accessSeconds = 5
  const tabs = openTabs(server, kind, mode, random)
  const [first] = tabs as [LatchkeyClient]
  const { sessionId } = await settle(signIn(first, ADA))
  const until = Date.now() + RUN_SECONDS * 1000
  const browsing = tabs.map((tab) => browse(tab, random, until))
  await passSeconds(RUN_SECONDS + 60)
  await Promise.all(browsing)
  return { server, tabs, sessionId }
}

const steal = (session: string) => sign({ session, generation: 1 })

function refreshWith(server: ModelServer, refresh: string): Promise<Response> {
  return server.fetch(`${BASE_URL}/refresh/`, { method: 'POST', body: JSON.stringify({ refresh }) })
}

const readStatuses = (tabs: LatchkeyClient[]) => tabs.map((tab) => tab.session.state.status)

describe.each(SEEDS)('ten tabs whose retries are up to an hour late, seed %s', (seed) => {
  test.each(MODES)(
    'a bound session is not ended, and a copied token gets nothing and ends nothing, in %s mode',
    async (mode) => {
      const { server, tabs, sessionId } = await run('bound', mode, seed)
      expect(readStatuses(tabs)).toEqual(Array(TABS).fill('signed_in'))
      expect(tabs.map((tab) => tab.session.state)).toEqual(
        Array(TABS).fill(expect.objectContaining({ sessionId, bound: true })),
      )
      expect(server).toMatchObject({ thefts: 0, late: { keyed: 0 } })
      expect((await refreshWith(server, steal(sessionId))).status).toBe(401)
      expect(server.isAlive(sessionId)).toBe(true)
    },
  )

  test('a session with keys is not ended in one process, and a copied token ends it at once', async () => {
    const { server, tabs, sessionId } = await run('keyed', 'token', seed)
    expect(readStatuses(tabs)).toEqual(Array(TABS).fill('signed_in'))
    expect(server).toMatchObject({ thefts: 0, late: { proof: 0 } })
    expect((await refreshWith(server, steal(sessionId))).status).toBe(401)
    expect(server.isAlive(sessionId)).toBe(false)
  })
})

test.each(MODES)('the same runs end sessions that have neither keys nor proofs, in %s mode', async (mode) => {
  const ended = { plain: 0, keyed: 0 }
  for (const seed of SEEDS)
    for (const kind of ['plain', 'keyed'] as const) ended[kind] += (await run(kind, mode, seed)).server.thefts
  console.info(`${mode} mode: sessions ended of ${SEEDS.length}:`, ended)
  expect(ended.plain).toBeGreaterThan(0)
  expect(ended.keyed).toBeLessThanOrEqual(ended.plain)
})

test('the runs have late answers by proof and by key', async () => {
  const late = { proof: 0, keyed: 0 }
  for (const seed of SEEDS)
    for (const kind of ['bound', 'keyed'] as const) {
      const { server } = await run(kind, 'token', seed)
      late.proof += server.late.proof
      late.keyed += server.late.keyed
    }
  expect(late.proof).toBeGreaterThan(0)
  expect(late.keyed).toBeGreaterThan(0)
})
