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
})

it('without a framework the service refuses a call without a token and serves a verified user', async () => {
  const { handle } = await runBundle<{ handle(request: Request): Promise<Response> }>(
    join(service.folder, 'plain.ts'),
  )
  expect((await handle(new Request(service.url))).status).toBe(401)
  const answer = await handle(new Request(service.url, { headers }))
  expect(await answer.json()).toEqual({ owner: expect.any(String) })
})

it('every block for this test was run', () => expectRun('node-service.test.ts'))
