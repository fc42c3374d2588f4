import type { Core } from '@latchkey/core'
import { DomainError } from '@latchkey/core'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { mountDocs } from './docs/mount.ts'
import { toRefusal } from './errors.ts'
import { describeFault } from './faults.ts'
import { answerRefusal } from './http/answers.ts'
import { readClient } from './http/client.ts'
import { createCors } from './http/cors.ts'
import type { AppContext, AppEnv } from './http/env.ts'
import { createEnvelope } from './http/envelope.ts'
import { readPath } from './http/path.ts'
import { createSecurityHeaders } from './http/security-headers.ts'
import { mountRest } from './rest.ts'
import { createRouter, type RouterOptions } from './router.ts'
import { mountSystem } from './system.ts'
import { mountTrpc } from './trpc-door.ts'

/** What the app is made of. */
export interface AppOptions {
  core: Core
  log: Logger
  config: RouterOptions & { publicUrl: string; restPrefix: string; corsOrigins: string[] }
}

/** Puts the doors together: REST, tRPC, the documents and the health checks. */
export function createApp({ core, log, config }: AppOptions): Hono<AppEnv> {
  const router = createRouter(config)
  const app = new Hono<AppEnv>({ getPath: readPath })
  const createContext = (c: AppContext) => ({
    core: core.context(readClient(c), log.child({ requestId: c.get('requestId') })),
    authorization: c.req.raw.headers.get('authorization'),
  })
  const logFault = (c: AppContext, fault: unknown) =>
    log.error({ requestId: c.get('requestId'), fault: describeFault(fault) }, 'a request failed')

  app.use(
    createEnvelope({
      log,
      allowOrigin: createCors(config.corsOrigins),
      addSecurityHeaders: createSecurityHeaders({ https: config.publicUrl.startsWith('https:') }),
    }),
  )
  app.onError((error, c) => {
    const refusal = toRefusal(error)
    if (refusal.fault !== undefined) logFault(c, refusal.fault)
    return answerRefusal(refusal)
  })
  app.notFound(() => answerRefusal(toRefusal(new DomainError('not_found'))))
  mountRest(app, { router, prefix: config.restPrefix, createContext })
  mountTrpc(app, { router, createContext, logFault })
  mountSystem(app, core)
  mountDocs(app, { router, publicUrl: config.publicUrl })
  return app
}
