import { PORTAL_PATH } from '@latchkey/contract'
import { type Core, DomainError } from '@latchkey/core'
import type { Hono } from 'hono'
import { VERSION } from '../version.ts'
import { answerJson, answerRefusal } from './http/answers.ts'
import type { AppContext, AppEnv } from './http/app-env.ts'
import { prefersPage } from './http/prefers-page.ts'
import { addRoute } from './http/routes.ts'
import { answerRedirect } from './pages/view.ts'
import { toRefusal } from './refusals.ts'

/** RFC 7517 section 8.5.2: the media type of a key set. */
export const JWKS_TYPE = 'application/jwk-set+json'
/** The cache time of the key set. A next key is published much longer than this before it signs. */
export const JWKS_CACHE_CONTROL = 'public, max-age=300'

const JWKS_HEADERS = {
  'Content-Type': JWKS_TYPE,
  'Cache-Control': JWKS_CACHE_CONTROL,
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

const INDEX = {
  name: 'Latchkey',
  version: VERSION,
  docs: '/docs',
  openapi: '/openapi.json',
  trpc: '/trpc',
  jwks: '/.well-known/jwks.json',
}

/** Serves the health checks and the published keys. */
export function mountSystem(app: Hono<AppEnv>, core: Pick<Core, 'isReady' | 'jwks'>): void {
  addRoute(app, { path: '/', methods: { GET: answerRoot } })
  addRoute(app, { path: '/healthz', methods: { GET: () => answerJson({ status: 'ok' }) } })
  addRoute(app, { path: '/readyz', methods: { GET: () => answerReadiness(core) } })
  addRoute(app, {
    path: '/.well-known/jwks.json',
    methods: { GET: () => new Response(JSON.stringify(core.jwks()), { headers: JWKS_HEADERS }) },
  })
}

/** A person is redirected to the portal. A program gets the list of addresses. */
function answerRoot(c: AppContext): Response {
  const answer = prefersPage(c.req.raw.headers) ? answerRedirect(`${PORTAL_PATH}/`, 302) : answerJson(INDEX)
  answer.headers.set('Vary', 'Accept')
  return answer
}

async function answerReadiness(core: Pick<Core, 'isReady'>): Promise<Response> {
  if (await core.isReady()) return answerJson({ status: 'ok' })
  return answerRefusal(toRefusal(new DomainError('unavailable')))
}
