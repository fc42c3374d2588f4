import { createHash } from 'node:crypto'
import { createTestCore, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { NO_PROVIDERS, type Providers } from '../../services/providers/providers.ts'
import { finishRedirect } from './finish-redirect.ts'
import { startRedirect } from './start-redirect.ts'

const RETURN_TO = 'https://app.example/signed-in'
const codeChallenge = createHash('sha256').update('v'.repeat(43)).digest('base64url')

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const withProviders = (providers: Partial<Providers>): Context => ({
  ...withConfig(test.ctx, { providerReturnUrls: [RETURN_TO] }),
  providers: { ...NO_PROVIDERS, ...providers },
})
const start = (ctx: Context) => startRedirect(ctx, { provider: 'acme', returnTo: RETURN_TO, codeChallenge })
const BROKEN = new Error('not a refusal')
const fail = async () => {
  throw BROKEN
}

it('a fault of the server at the start is told to nobody as a refusal', async () => {
  await expect(start(withProviders({ describeStart: fail }))).rejects.toBe(BROKEN)
})

it('a fault of the server on the way back is told to nobody as a refusal', async () => {
  const states: string[] = []
  const ctx = withProviders({
    describeStart: async (_, { state }) => {
      states.push(state)
      return new URL('https://id.acme.example/authorize')
    },
    finishRedirect: fail,
  })
  const { attempt } = await start(ctx)
  const [state = ''] = states
  const parameters = new URLSearchParams({ state, code: 'a-code' })
  const browserSecret = attempt?.browserSecret ?? null
  await expect(finishRedirect(ctx, { provider: 'acme', parameters, browserSecret })).rejects.toBe(BROKEN)
})
