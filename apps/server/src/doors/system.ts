import { type Core, DomainError } from '@latchkey/core'
import type { Hono } from 'hono'
import { VERSION } from '../version.ts'
import { answerJson, answerRefusal } from './http/answers.ts'
import type { AppContext, AppEnv } from './http/app-env.ts'
import { prefersPage } from './http/prefers-page.ts'
import { addRoute } from './http/routes.ts'
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

interface SystemOptions {
  core: Pick<Core, 'isReady' | 'jwks'>
  /** The path of `PUBLIC_URL`, for the addresses in answers. */
  basePath: string
  /** Makes the page of the root for a visitor. */
  showHome: (request: Request) => Response | Promise<Response>
}

/** Serves the health checks and the published keys. */
export function mountSystem(app: Hono<AppEnv>, { core, basePath, showHome }: SystemOptions): void {
  addRoute(app, { path: '/', methods: { GET: (c) => answerRoot(c, basePath, showHome) } })
  addRoute(app, { path: '/healthz', methods: { GET: () => answerJson({ status: 'ok' }) } })
  addRoute(app, { path: '/readyz', methods: { GET: (c) => answerReadiness(c, core) } })
  addRoute(app, {
    path: '/.well-known/jwks.json',
    methods: { GET: () => new Response(JSON.stringify(core.jwks()), { headers: JWKS_HEADERS }) },
  })
}

/** A person gets a page or the portal. A program gets the list of addresses. */
async function answerRoot(
  c: AppContext,
  basePath: string,
  showHome: SystemOptions['showHome'],
): Promise<Response> {
  if (prefersPage(c.req.raw.headers)) return showHome(c.req.raw)
  const answer = answerJson(describeAddresses(basePath))
  answer.headers.set('Vary', 'Accept')
  return answer
}

function describeAddresses(basePath: string): Record<string, string> {
  return {
    name: 'Latchkey',
    version: VERSION,
    docs: `${basePath}/docs`,
    openapi: `${basePath}/openapi.json`,
    trpc: `${basePath}/trpc`,
    jwks: `${basePath}/.well-known/jwks.json`,
  }
}

/** A server that stops is not ready, although it still serves: a balancer should send its requests elsewhere. */
async function answerReadiness(c: AppContext, core: Pick<Core, 'isReady'>): Promise<Response> {
  if (!c.env.isLeaving && (await core.isReady())) return answerJson({ status: 'ok' })
  return answerRefusal(toRefusal(new DomainError('unavailable')))
}
