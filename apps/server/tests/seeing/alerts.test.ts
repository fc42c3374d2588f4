import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  findFreePort,
  newEmail,
  startOwnPostgres,
  startTestPrometheus,
  startTestRedis,
  type TestPrometheus,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type Run, runServer, waitForAddress } from '../run-server.ts'
import { ageDatabase, FAULTS, signUpAt, type World } from './faults.ts'
import { ALERTS, HASTY_RULES, namesIn, QUERIES, RULES, RULES_FILE } from './operations-files.ts'
import { readSamples } from './read-metrics.ts'

const SKEW = fileURLToPath(new URL('skewed-clock.mjs', import.meta.url))
/** These stand before the first call. */
const LAID = ['LatchkeySigningKeyOld', 'LatchkeyHousekeepingOverdue', 'LatchkeyClockSkew']

let world: World
let server: Run
let metricsUrl: string
let prometheus: TestPrometheus

beforeAll(async () => {
  const postgres = await startOwnPostgres()
  const redis = await startTestRedis()
  const [relay, port, otherPort] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const start = (metricsPort: number, more: Record<string, string> = {}) =>
    runServer({
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      // Nothing listens there.
      SMTP_URL: `smtp://127.0.0.1:${relay}`,
      PROVIDERS: 'acme',
      PROVIDER_ACME_ISSUER: `http://127.0.0.1:${relay}`,
      PROVIDER_ACME_CLIENT_ID: 'latchkey',
      METRICS_PORT: String(metricsPort),
      SIGNING_KEY_LIFETIME: 'off',
      REFRESH_GRACE: '0',
      THROTTLE_ANON: 'off',
      THROTTLE_LOGIN_EMAIL: 'off',
      PASSWORD_HASH_MEMORY_KIB: '19456',
      ...more,
    })
  const email = newEmail()
  const first = start(port)
  const url = await waitForAddress(first)
  expect((await signUpAt(url, email)).status).toBe(201)
  expect((await call(`${url}/password/reset/`, { json: { email } })).status).toBe(200)
  first.process.kill('SIGTERM')
  await first.exit
  await ageDatabase(postgres)
  server = start(port)
  const other = start(otherPort, { NODE_OPTIONS: `--import ${SKEW}` })
  world = { url: await waitForAddress(server), postgres, redis, other, email }
  await waitForAddress(other)
  // Some metrics begin with the first call.
  expect((await signUpAt(world.url)).status).toBe(201)
  expect((await call(`${world.url}/nowhere`)).status).toBe(404)
  metricsUrl = `http://127.0.0.1:${port}/metrics`
  const targets = [`127.0.0.1:${port}`, `127.0.0.1:${otherPort}`]
  prometheus = await startTestPrometheus({ job: 'latchkey', targets, rules: HASTY_RULES })
})
afterAll(async () => {
  await prometheus?.close()
  for (const run of [server, world.other]) run.process.kill('SIGKILL')
  await Promise.all([server.exit, world.other.exit])
  await world.redis.kill()
})

async function listFiring(): Promise<string[]> {
  const firing = await prometheus.query('count by (alertname) (ALERTS{alertstate="firing"})')
  return firing.map(({ metric }) => metric.alertname ?? '').toSorted()
}

it('promtool accepts the rules', () => {
  const checked = spawnSync('promtool', ['check', 'rules', RULES_FILE], { encoding: 'utf8' })
  expect(checked.stdout + checked.stderr).toContain(`SUCCESS: ${ALERTS.length} rules found`)
})

it('every metric of the rules and of the dashboard is exported', async () => {
  const exported = new Set(readSamples((await call(metricsUrl)).text).map(({ name }) => name))
  const wanted = [...namesIn(RULES), ...QUERIES.flatMap(([, query]) => namesIn(query))]
  // A sweep is known when it was complete for the first time, which takes the server five minutes.
  const known = wanted.filter((name) => name !== 'latchkey_housekeeping_swept_seconds')
  expect(known.filter((name) => !exported.has(name))).toEqual([])
})

it('no alert fires while nothing is wrong but what was wrong before', async () => {
  await expect.poll(listFiring).toEqual(LAID.toSorted())
  // All rules have been judged on these samples since.
  await new Promise((resolve) => setTimeout(resolve, 5000))
  // Where the machine stands still for a second, a scrape is lost and a server is down for a moment. A rule that is wrong
  // fires at every look.
  await expect.poll(listFiring, { interval: 500 }).toEqual(LAID.toSorted())
})

it('there is a fault for every alert', () => {
  expect(Object.keys(FAULTS).toSorted()).toEqual(ALERTS.toSorted())
})

describe('a real fault lets the alert fire:', () => {
  it.each(Object.entries(FAULTS))('%s', async (alert, lay) => {
    // An alert about something short may be over already.
    const query = `count_over_time(ALERTS{alertname="${alert}",alertstate="firing"}[5m])`
    const isSeen = async () => (await prometheus.query(query)).length > 0
    await lay(world, isSeen)
    await expect.poll(isSeen, { interval: 500 }).toBe(true)
  })
})

it('Prometheus answers every query of the dashboard, and finds something', async () => {
  const empty: string[] = []
  for (const [title, query] of QUERIES) {
    const found = await prometheus.query(`last_over_time((${query})[10m:1s])`)
    if (found.length === 0) empty.push(title)
  }
  // A sweep is complete for the first time after five minutes.
  expect(empty.filter((title) => title !== 'Since the last complete sweep')).toEqual([])
})
