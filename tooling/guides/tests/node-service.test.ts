import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AuthServer, signInProven, startAuthServer } from '../src/auth-server.ts'
import { runBundle } from '../src/bundle.ts'
import { expectRun } from '../src/runs.ts'
import { type Service, startService } from '../src/service.ts'

let auth: AuthServer
let service: Service
let headers: { Authorization: string }
beforeAll(async () => {
  auth = await startAuthServer()
  service = await startService({ auth, page: 'http://localhost:5173', folder: 'node-service' })
  headers = { Authorization: `Bearer ${await signInProven(auth, newEmail())}` }
})
afterAll(async () => {
  await service?.stop()
  await auth?.close()
})

it('the service on a port admits the callers that its guards allow, and no others', async () => {
  const call = (path: string, init?: RequestInit) => fetch(service.url + path, init)
  const refused = await call('/things/mine')
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ code: 'not_authenticated' })
  expect(await (await call('/things/mine', { headers })).json()).toEqual({ owner: expect.any(String) })
  expect(await (await call('/orders/mine', { headers })).json()).toEqual([])
  expect((await call('/staff/report', { headers })).status).toBe(403)
  expect(await (await call('/payouts/mine', { headers })).json()).toEqual([])
  const twoFactors = await call('/keys/mine', { headers })
  expect(twoFactors.status).toBe(403)
  expect(await twoFactors.json()).toMatchObject({ max_age: 300, acr_values: 'aal2' })
})

it('without a framework the service refuses a call without a token and serves a verified user', async () => {
  const { handle } = await runBundle<{ handle(request: Request): Promise<Response> }>(
    join(service.folder, 'plain.ts'),
  )
  expect((await handle(new Request(service.url))).status).toBe(401)
  const answer = await handle(new Request(service.url, { headers }))
  expect(await answer.json()).toEqual({ owner: expect.any(String) })
  expect((await handle(new Request(service.url, { headers, method: 'POST' }))).status).toBe(200)
})

/** Bundles a service of another framework, and starts it on a free port. */
const FRAMEWORKS: Record<string, () => Promise<{ url: string; stop(): unknown }>> = {
  Express: async () => {
    const { app } = await runBundle<{ app: import('express').Express }>(join(service.folder, 'express.ts'))
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const stop = () => {
      server.closeAllConnections()
      server.close()
    }
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
  },
  Fastify: async () => {
    const bundle = join(service.folder, 'fastify.ts')
    const { app } = await runBundle<{ app: import('fastify').FastifyInstance }>(bundle)
    return { url: await app.listen({ port: 0, host: '127.0.0.1' }), stop: () => app.close() }
  },
}

/** The parts of an answer that a guard decides. */
async function describeAnswer(answer: Response) {
  const names = ['content-type', 'cache-control', 'www-authenticate', 'access-control-allow-origin']
  const told = names.map((name) => answer.headers.get(name)?.replace(/;.*/, ''))
  return { status: answer.status, body: await answer.json(), told: answer.ok ? [] : told }
}

it.each(Object.entries(FRAMEWORKS))(
  'with %s every call gets the answer of the Hono service',
  async (_, start) => {
    const other = await start()
    try {
      const tokens = [
        headers.Authorization,
        undefined,
        'Bearer x',
        'Bearer',
        'Basic x',
        `${headers.Authorization}x`,
      ]
      for (const path of ['/things/mine', '/orders/mine', '/staff/report', '/payouts/mine', '/keys/mine'])
        for (const token of tokens) {
          const init = {
            headers: { Origin: 'http://localhost:5173', ...(token && { Authorization: token }) },
          }
          const [own, expected] = await Promise.all([
            fetch(other.url + path, init),
            fetch(service.url + path, init),
          ])
          expect(await describeAnswer(own), `${path} ${token}`).toEqual(await describeAnswer(expected))
        }
    } finally {
      await other.stop()
    }
  },
)

it('every block for this test was run', () => expectRun('node-service.test.ts'))
