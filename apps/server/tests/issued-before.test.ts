import { readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContractSettings } from '../src/doors/contract-settings.ts'
import { REFERENCE } from '../src/doors/docs/openapi/reference.ts'
import { listEndpoints } from '../src/doors/rest/endpoints.ts'
import { createRouter } from '../src/procedures/router.ts'
import { createDocument, type DocumentSettings, listOperations } from './document/document.ts'
import { createRequest, send, type World } from './document/requests.ts'
import { WITH_PROVIDER } from './document/social-requests.ts'
import { startTestServer, type TestServer } from './test-server.ts'

/** For so long the process stalls after the statement that opens or rotates a session. */
const STALL_SECONDS = 1000
/** The statements that write a session that goes on, as the watch names them. */
const DECIDES = /\b(?:insert|update) sessions\b/

const SETTINGS: DocumentSettings = { ...REFERENCE, emailVerification: 'none' }
const GIVING = new Map(
  listEndpoints(createRouter(readContractSettings(SETTINGS)))
    .filter(({ meta }) => meta.givesTokens)
    .map(({ operationId, meta }) => [operationId, meta.refreshCookie]),
)
const OPERATIONS = listOperations(createDocument(SETTINGS))
  .filter(({ operationId }) => GIVING.has(operationId))
  .map((operation) => [operation.operationId, operation] as const)

let isStalling = false
let stalls = 0
let server: TestServer
let world: World
beforeAll(async () => {
  server = await startTestServer({
    settings: { ...SETTINGS, mfaRequiredRoles: [900] },
    mail: true,
    core: {
      ...WITH_PROVIDER,
      watch: {
        note: () => {},
        step: async (_kind, name, work) => {
          const result = await work()
          if (isStalling && DECIDES.test(name())) {
            stalls++
            server.clock.seconds += STALL_SECONDS
          }
          return result
        },
      },
    },
  })
  world = { server, readiness: { isReady: true }, cookieMode: false, emailVerification: 'none' }
})
afterAll(() => server.close())

describe('a process that stalls after it has opened or rotated a session signs no later token:', () => {
  it.each(OPERATIONS)('%s', async (operationId, operation) => {
    const request = await createRequest(world, operation)
    const latest = server.ctx.clock.epochSeconds() + STALL_SECONDS / 2
    ;[isStalling, stalls] = [true, 0]
    const { status, body } = await send(world, operation.method, request)
    isStalling = false
    expect(status).toBeLessThan(300)
    const { access, refresh } = body as { access?: string; refresh?: string }
    // A set-up of a factor in a session gives no tokens. In a sign-in it opens its session as the others do.
    if (access === undefined || refresh === undefined) return expect(GIVING.get(operationId)).toBe('may set')
    expect(stalls).toBe(1)
    for (const token of [access, refresh]) expect(readClaims(token).iat).toBeLessThan(latest)
  })
})
