import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { newEmail, PASSWORD } from '@latchkey/testkit'
import {
  createStaticHandler,
  type LoaderFunction,
  type MiddlewareFunction,
  RouterContextProvider,
} from 'react-router'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Handle } from '../fakes/sveltejs-kit.ts'
import { type AuthServer, signInProven, startAuthServer } from '../src/auth-server.ts'
import { runBundle } from '../src/bundle.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'
import { createKit, type Work } from '../src/svelte-kit.ts'

const APP = 'http://localhost:3001'

let auth: AuthServer
let folder: string
beforeAll(async () => {
  auth = await startAuthServer({ TRUSTED_PROXIES: '127.0.0.0/8' })
  folder = await writeFiles('ssr', {
    folder: 'ssr',
    edit: (code) => code.replace("'http://localhost:3000'", `'${auth.url}'`),
  })
})
afterEach(() => vi.unstubAllGlobals())
afterAll(() => auth?.close())

type Answer = (request: Request) => Promise<Response>
type Paths = Record<'signIn' | 'me' | 'signOut', string>

/** What every framework does with the session of a browser. */
async function walk(answer: Answer, paths: Paths, encode: (fields: Record<string, string>) => BodyInit) {
  const email = newEmail()
  await signInProven(auth, email)
  let cookie = ''
  const call = async (path: string, body?: BodyInit, origin = APP) => {
    const headers = { Cookie: cookie, Origin: origin, 'User-Agent': 'Firefox/140.0' }
    const init = { method: body === undefined ? 'GET' : 'POST', body, headers }
    const request = new Request(`${APP}${path}`, init)
    if (typeof body === 'string') request.headers.set('Content-Type', 'application/json')
    const response = await answer(request)
    for (const line of response.headers.getSetCookie())
      if (line.startsWith('latchkey=')) cookie = line.split(';')[0] ?? ''
    return response
  }
  const refused = await call(paths.signIn, encode({ email, password: 'wrong' }))
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ code: 'incorrect_credentials', fields: {} })
  // A visitor is told so, or is led to the sign-in page.
  const visit = await call(paths.me)
  if (visit.status !== 401) expect(visit.headers.get('location')).toMatch(/^\/sign-in/)
  const credentials = encode({ email, password: PASSWORD })
  expect((await call(paths.signIn, credentials, 'http://evil.example')).status).toBe(403)
  expect((await call(paths.signIn, encode({ email, password: PASSWORD }))).status).toBeLessThan(400)
  expect(await (await call(paths.me)).text()).toContain(email)
  const signedIn = cookie
  cookie = cookie.replace(/\d{13}/, (sentAt) => String(Number(sentAt) - 7_200_000))
  const refreshed = await call(paths.me)
  expect(await refreshed.text()).toContain(email)
  expect(refreshed.headers.get('cache-control')).toBe('private, no-store')
  expect(cookie).not.toBe(signedIn)
  expect((await call(paths.signOut, encode({}))).status).toBeLessThan(400)
  expect(cookie).toBe('latchkey=')
  await call(paths.signIn, encode({ email, password: PASSWORD }))
  expect(cookie).not.toBe('latchkey=')
  replaceAuthServer(() => new Response('<html>A portal</html>'))
  const replaced = await call(paths.signIn, credentials)
  expect(replaced.status).toBe(503)
  expect(await replaced.json()).toMatchObject({ code: 'unexpected_answer' })
  replaceAuthServer(() => {
    throw new TypeError('fetch failed')
  })
  const lost = await call(paths.signOut, encode({}))
  if (lost.status !== 503) expect(lost.headers.get('location')).toBe('/')
  expect(cookie).toBe('latchkey=')
}

/** From now on the apps get these answers in place of those of the auth server. */
function replaceAuthServer(answer: () => Response): void {
  vi.unstubAllGlobals()
  const { fetch: reach } = globalThis
  vi.stubGlobal('fetch', async (...[input, init]: Parameters<typeof fetch>) => {
    const { url } = new Request(input, init)
    return url.startsWith(auth.url) ? answer() : reach(input, init)
  })
}

const asJson = (fields: Record<string, string>) => JSON.stringify(fields)
const asForm = (fields: Record<string, string>) => new URLSearchParams(fields)
const PATHS = { signIn: '/sign-in', me: '/me', signOut: '/sign-out' }

it('a visitor of the Hono app signs in, comes back hours later and signs out', async () => {
  const { app } = await runBundle<{ app: { fetch: Answer } }>(join(folder, 'hono.ts'))
  await walk(async (request) => app.fetch(request), PATHS, asJson)
})

it('a visitor of the Express app signs in, comes back hours later and signs out', async () => {
  const { app } = await runBundle<{ app: RequestListener }>(join(folder, 'express.ts'))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const answer = async (request: Request) => {
    const { method, headers } = request
    const body = method === 'GET' ? undefined : await request.text()
    return fetch(request.url.replace(APP, `http://127.0.0.1:${port}`), { method, headers, body })
  }
  await walk(answer, PATHS, asJson).finally(() => server.close())
})

it('a visitor of the React Router app signs in, comes back hours later and signs out', async () => {
  const page = await runBundle<
    Record<'loadUser' | 'signIn' | 'signOut', LoaderFunction> & { middleware: MiddlewareFunction[] }
  >(join(folder, 'react-router.ts'))
  const { middleware } = page
  const { queryRoute } = createStaticHandler([
    { id: 'sign-in', path: '/sign-in', middleware, action: page.signIn },
    { id: 'account', path: '/account', middleware, loader: page.loadUser },
    { id: 'sign-out', path: '/sign-out', middleware, action: page.signOut },
  ])
  const answer = (request: Request): Promise<Response> =>
    queryRoute(request, {
      requestContext: new RouterContextProvider(),
      generateMiddlewareResponse: async (query) => {
        const result = await query(request).catch((thrown) => thrown)
        if (result instanceof Response) return result
        if (result instanceof Error) throw result
        return result?.init ? Response.json(result.data, result.init) : Response.json(result)
      },
    })
  expect((await answer(new Request(`${APP}/account`))).headers.get('location')).toBe(
    '/sign-in?next=%2Faccount',
  )
  await walk(answer, { ...PATHS, me: '/account' }, asForm)
})

it('a visitor of the SvelteKit app signs in, comes back hours later and signs out', async () => {
  const { handle } = await runBundle<{ handle: Handle }>(join(folder, 'hooks.server.ts'))
  const page = await runBundle<{ load: Work; actions: Record<'signIn' | 'signOut', Work> }>(
    join(folder, 'page.server.ts'),
  )
  const { signIn, signOut } = page.actions
  const answer = createKit(handle, { '/sign-in': signIn, '/me': page.load, '/sign-out': signOut })
  expect((await answer(new Request(`${APP}/me`))).headers.get('location')).toBe('/sign-in')
  await walk(answer, PATHS, asForm)
})

it('every block for this test was run', () => expectRun('ssr.test.ts'))
