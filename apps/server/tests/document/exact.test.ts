import { type Core, DomainError } from '@latchkey/core'
import { withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer } from '../test-server.ts'
import { createCheck } from './check-answer.ts'
import { CONFIGURATIONS } from './configurations.ts'
import { createDocument, findExample, listKinds, listOperations } from './document.ts'
import { createRequestFor, sendOddRequests } from './refusals.ts'
import { send, type World } from './requests.ts'
import { WITH_PROVIDER } from './social-requests.ts'

/** Fails as the user agent asks: throttled, with a fault, without a database and providers, or with something turned off. Readiness follows `readiness`. */
function failOnDemand(core: Core, readiness: World['readiness']): Partial<Core> {
  return {
    isReady: async () => readiness.isReady && core.isReady(),
    context: (client, log) => {
      const context = core.context(client, log)
      const [, fault] = /^fault (\w+)$/.exec(client.userAgent ?? '') ?? []
      if (!fault) return context
      if (fault === 'mfa_disabled') return withConfig(context, { mfaMode: 'disabled' })
      if (fault === 'passkeys_disabled') return withConfig(context, { passkeysEnabled: false })
      if (fault === 'throttled') return { ...context, throttle: { ...context.throttle, count: refuseCall } }
      const error = Object.assign(new Error('broken'), { code: fault === 'error' ? 'X' : 'ECONNREFUSED' })
      return { ...context, db: breakAll(context.db, error), providers: breakAll(context.providers, error) }
    },
  }
}

function breakAll<Part extends object>(part: Part, error: Error): Part {
  return new Proxy(part, {
    get() {
      throw error
    },
  })
}

async function refuseCall(): Promise<void> {
  const detail = 'Request was throttled. Expected available in 42 seconds.'
  throw new DomainError('throttled', { detail, retryAfterSeconds: 42 })
}

describe.each(Object.entries(CONFIGURATIONS))('the document %s', (_name, settings) => {
  const document = createDocument(settings)
  const check = createCheck(document['x-page-headers'])
  let world: World
  beforeAll(async () => {
    const readiness = { isReady: true }
    const replace = (core: Core) => failOnDemand(core, readiness)
    const server = await startTestServer({
      settings: { ...settings, mfaRequiredRoles: [900] },
      mail: true,
      core: WITH_PROVIDER,
      replace,
    })
    world = {
      server,
      readiness,
      cookieMode: settings.refreshCookie !== null,
      needsProof: settings.dpop === 'required',
      emailVerification: settings.emailVerification,
    }
  })
  afterAll(() => world?.server.close())

  it('equals the document that the server serves', async () => {
    expect((await call(`${world.server.url}/openapi.json`)).body).toEqual(document)
  })

  describe.each(listOperations(document).map((one) => [one.operationId, one] as const))(
    '%s',
    (_id, operation) => {
      it('gives every documented answer', async () => {
        for (const kind of listKinds(operation)) {
          const request = await createRequestFor(world, operation, kind)
          const answer = await send(world, operation.method, request)
          expect(check(operation, answer), `${operation.method} ${request.path}`).toBe(kind)
          const example = findExample(operation, kind)
          if (example) expect(answer.body).toMatchObject(example)
        }
      })

      it('gives only documented answers to odd requests', async () => {
        for (const answer of await sendOddRequests(world, operation)) check(operation, answer)
      })
    },
  )
})
