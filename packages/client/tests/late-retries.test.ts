import { describe, expect, test } from 'vitest'
import '../src/evidence/index.ts'
import { createClient, type LatchkeyClient } from '../src/index.ts'
import { memoryStorage } from '../src/session/storage.ts'
import { ADA, BASE_URL, signIn } from './support/clients.ts'
import { createCookieBrowser } from './support/cookie-browser.ts'
import { createDeviceKeys } from './support/device-keys.ts'
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

/** A network that loses answers, after which the clock of the server is stepped. */
interface LateNetwork {
  fetch: typeof fetch
  /** From now on, everything arrives. */
  recover(): void
}

/** Steps the clock only while no other refresh or answer is on its way: a client cuts each off after 25 seconds. */
function createLateNetwork(server: ModelServer, random: () => number): LateNetwork {
  let underway = 0
  let isWell = false

  function step(): void {
    if (underway === 0 && random() < 0.4) server.skewSeconds += random() * LATEST_SECONDS
  }

  const deliver = (path: string): Delivery => {
    const delivery = isWell ? {} : makeDelivery(random, path)
    if (path !== '/refresh/') return delivery
    const { requestMilliseconds = 0, answerMilliseconds = 0, lost } = delivery
    underway += 1
    const end = () => {
      underway -= 1
      if (lost) step()
    }
    setTimeout(end, requestMilliseconds + answerMilliseconds + 1)
    return delivery
  }

  return {
    fetch: createUnreliableNetwork(server.fetch, deliver),
    recover: () => {
      isWell = true
    },
  }
}

/** Opens ten tabs of one browser behind a network. */
function openTabs(network: LateNetwork, kind: Kind, mode: (typeof MODES)[number]) {
  const storage = memoryStorage()
  const sender = { fetch: kind === 'plain' ? withoutKeys(network.fetch) : network.fetch }
  const { fetch } = mode === 'cookie' ? createCookieBrowser(sender) : sender
  const device = kind === 'bound' ? { keyStore: createDeviceKeys() } : {}
  const options = { baseUrl: BASE_URL, storage, fetch, mode: modeOf(mode), ...device }
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
  const network = createLateNetwork(server, random)
  const tabs = openTabs(network, kind, mode)
  const [first] = tabs as [LatchkeyClient]
  const { sessionId } = await settle(signIn(first, ADA))
  const until = Date.now() + RUN_SECONDS * 1000
  const browsing = tabs.map((tab) => browse(tab, random, until))
  await passSeconds(RUN_SECONDS + 60)
  await Promise.all(browsing)
  network.recover()
  await settle(Promise.allSettled(tabs.map((tab) => tab.user.get())))
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
