import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestDatabase } from '@latchkey/testkit'
import { afterEach, expect, it } from 'vitest'
import { type MetricsPort, openMetricsPort } from '../../src/process/telemetry/metrics-port.ts'
import { call } from '../call.ts'
import { runServer } from '../run-server.ts'

const TOKEN = 'a-token-of-tests-that-is-long-enough-0123456789'
const PAGE = { render: async () => ({ type: 'text/plain; version=0.0.4', text: 'latchkey_ready 1\n' }) }

let opened: MetricsPort | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

async function open(token: string | null): Promise<string> {
  opened = await openMetricsPort(PAGE, { host: '127.0.0.1', port: 0, token })
  return `http://127.0.0.1:${opened.port}`
}

it('serves the metrics, and nothing else', async () => {
  const url = await open(null)
  expect(await call(`${url}/metrics?any`)).toMatchObject({ status: 200, text: 'latchkey_ready 1\n' })
  for (const path of ['/', '/metrics/', '/healthz', '/login/']) {
    expect((await call(url + path)).status).toBe(404)
  }
})

it('answers 500 when the metrics cannot be read, and goes on', async () => {
  let isBroken = true
  const render = () => (isBroken ? Promise.reject(new Error('broken')) : PAGE.render())
  opened = await openMetricsPort({ render }, { host: '127.0.0.1', port: 0, token: null })
  const url = `http://127.0.0.1:${opened.port}/metrics`
  expect((await call(url)).status).toBe(500)
  isBroken = false
  expect((await call(url)).status).toBe(200)
  expect((await call(url, { method: 'DELETE' })).status).toBe(405)
})

it('asks for the token, when there is one', async () => {
  const url = await open(TOKEN)
  expect((await call(`${url}/metrics`)).status).toBe(401)
  expect((await call(`${url}/metrics`, { token: `${TOKEN}x` })).status).toBe(401)
  expect((await call(`${url}/metrics`, { token: TOKEN })).status).toBe(200)
})

it('a start on a taken METRICS_PORT names the setting', async () => {
  const database = await createTestDatabase({ empty: true })
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const failed = runServer({ DATABASE_URL: database.url, MAIL: 'off', METRICS_PORT: String(port) })
  expect(await failed.exit).toBe(1)
  expect(failed.output()).toContain(`The metrics cannot be served on port ${port} of 127.0.0.1 (EADDRINUSE)`)
  taken.close()
  await database.drop()
})
