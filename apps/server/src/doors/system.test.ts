import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { AppEnv } from './http/app-env.ts'
import { mountSystem } from './system.ts'

let isReady = true
const app = new Hono<AppEnv>()
mountSystem(app, {
  core: { isReady: async () => isReady, jwks: () => ({ keys: [] }) },
  basePath: '',
  showHome: () => new Response('a page'),
})

const get = (path: string, { isLeaving = false, accept = '*/*' } = {}) =>
  app.request(path, { headers: { accept } }, { isLeaving })

it('a server that is about to stop is not ready, although it serves', async () => {
  expect((await get('/readyz')).status).toBe(200)
  expect((await get('/readyz', { isLeaving: true })).status).toBe(503)
  expect((await get('/healthz', { isLeaving: true })).status).toBe(200)
  isReady = false
  expect((await get('/readyz')).status).toBe(503)
})

it('the root is a page or JSON by the header Accept, and says so to caches', async () => {
  expect(await (await get('/', { accept: 'text/html' })).text()).toBe('a page')
  const json = await get('/')
  expect(json.headers.get('content-type')).toBe('application/json')
  expect(json.headers.get('vary')).toBe('Accept')
})
