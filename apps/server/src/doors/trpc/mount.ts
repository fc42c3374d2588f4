import { isUtf8 } from 'node:buffer'
import { countAnonymousCall, DomainError } from '@latchkey/core'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Hono } from 'hono'
import type { AppRouter } from '../../procedures/router.ts'
import { refusalHeaders } from '../http/answers.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { readWholePath } from '../http/canonical-path.ts'
import { readBody } from '../http/read-body.ts'
import { addRoute } from '../http/routes.ts'
import type { RequireSameSite } from '../http/same-site.ts'
import { type Refusal, toRefusal } from '../refusals.ts'
import type { Visit } from '../telemetry/visit.ts'
import { describeForTrpc, type RequestContext } from './base.ts'

const ENDPOINT = '/trpc'
const MAX_BATCH_SIZE = 10

interface DoorOptions {
  router: AppRouter
  /** The prefix under which the procedures are served too, or empty. */
  prefix: string
  createContext: (c: AppContext) => RequestContext
  logFault: (c: AppContext, fault: unknown) => void
  /** CSRF: refuses a POST of another site's page, to which a browser could add a user's cookie. */
  guardPost: RequireSameSite
}

/** Serves the router to tRPC clients: JSON alone, and at most {@link MAX_BATCH_SIZE} calls per request. */
export function mountTrpc(app: Hono<AppEnv>, options: DoorOptions): void {
  for (const prefix of new Set(['', options.prefix])) {
    const endpoint = prefix + ENDPOINT
    const handle = async (c: AppContext) => {
      c.set('route', undefined)
      const visit = c.get('visit')
      visit.door = 'trpc'
      try {
        requirePlainNames(c.req.raw.url, endpoint)
        if (c.req.raw.method === 'POST') options.guardPost(c.req.raw.headers)
        const req = await limitRequest(c.req.raw)
        const work = () => callProcedures(c, { ...options, endpoint, req })
        return await (isBatch(req.url) ? spanBatch(visit, work) : work())
      } catch (error) {
        const refusal = await countRefused(c, error, options)
        visit.code = refusal.code
        return refuseRequest(refusal)
      }
    }
    addRoute(app, { path: `${endpoint}/:procedures`, methods: { GET: handle, POST: handle } })
  }
}

/** A comma stands between the names of a batch. */
function isBatch(url: string): boolean {
  return new URL(url).pathname.includes(',')
}

/** The calls of a batch are children of one span, so that the request is one trace. */
function spanBatch({ telemetry, door, parent }: Visit, work: () => Promise<Response>): Promise<Response> {
  return telemetry.span({ name: 'batch', door, parent }, async (span) => {
    const response = await work()
    span?.end({ status: response.status, code: 'none' })
    return response
  })
}

/**
 * Refuses procedures whose names are percent-encoded. tRPC would decode them, and a rule of a proxy about the sent path
 * would not hold.
 *
 * @throws {DomainError} `not_found`
 */
function requirePlainNames(url: string, endpoint: string): void {
  if (readWholePath(url).slice(endpoint.length).includes('%')) throw new DomainError('not_found')
}

/**
 * Makes the request for tRPC, with a body of limited size that is JSON.
 *
 * @throws {DomainError} `unsupported_media_type` `request_too_large` `parse_error`
 */
async function limitRequest(request: Request): Promise<Request> {
  if (request.method !== 'POST') return request
  const body = await readBody(request)
  const contentType = request.headers.get('content-type') ?? ''
  if (body !== null && !/^\s*application\/json\s*(?:;|$)/i.test(contentType)) {
    throw new DomainError('unsupported_media_type', {
      detail: `Unsupported media type "${contentType}" in request.`,
    })
  }
  if (body !== null && !isUtf8(body)) throw new DomainError('parse_error')
  const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' }
  return new Request(request.url, { method: 'POST', headers, body: body ?? '' })
}

async function callProcedures(
  c: AppContext,
  options: DoorOptions & { endpoint: string; req: Request },
): Promise<Response> {
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' }
  const response = await fetchRequestHandler({
    endpoint: options.endpoint,
    req: options.req,
    router: options.router,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: () => options.createContext(c),
    onError: ({ error }) => {
      const refusal = toRefusal(error)
      c.get('visit').code = refusal.code
      Object.assign(headers, refusalHeaders(refusal))
      if (refusal.fault !== undefined) options.logFault(c, refusal.fault)
    },
  })
  return complete(response, headers)
}

/**
 * Waits for the whole answer. A streamed answer would be sent before its procedures set headers and cookies.
 *
 * @param headers - set here, because tRPC's own option appends each of them twice
 */
async function complete(response: Response, headers: Record<string, string>): Promise<Response> {
  const body = response.body && (await response.arrayBuffer())
  const answer = new Response(body, response)
  answer.headers.delete('Transfer-Encoding')
  // tRPC does not label a refusal of the whole request as JSON.
  if (body) answer.headers.set('Content-Type', 'application/json')
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

/** Counts a request that is refused before a procedure could count it. Over its limit it is refused as too often. */
async function countRefused(c: AppContext, refused: unknown, options: DoorOptions): Promise<Refusal> {
  try {
    await countAnonymousCall(options.createContext(c).core)
    return toRefusal(refused)
  } catch (error) {
    const refusal = toRefusal(error)
    if (refusal.fault !== undefined) options.logFault(c, refusal.fault)
    return refusal
  }
}

/** Answers a refusal that comes before tRPC in the shape of tRPC. */
function refuseRequest(refusal: Refusal): Response {
  return new Response(JSON.stringify({ error: describeForTrpc(refusal) }), {
    status: refusal.status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...refusalHeaders(refusal),
    },
  })
}
