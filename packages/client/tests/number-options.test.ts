import { describe, expect, test } from 'vitest'
import { CLIENT_NUMBERS, createClient } from '../src/client.ts'
import type { NumberOption } from '../src/http/number-option.ts'
import { createGuards } from '../src/server/hono.ts'
import { RECENT_NUMBERS } from '../src/server/recent-authentication.ts'
import { createVerifier, VERIFIER_NUMBERS } from '../src/server/verifier.ts'
import { createServerAuth } from '../src/ssr/index.ts'
import { SERVER_AUTH_NUMBERS } from '../src/ssr/options.ts'
import { ADA, BASE_URL, setUpClient, signIn } from './support/clients.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const fetch: typeof globalThis.fetch = async () => new Response()

/** What has options with numbers. The types require that the table of each names every such option. */
const CREATORS = [
  {
    of: 'createClient',
    table: CLIENT_NUMBERS,
    create: (numbers: object) => createClient({ baseUrl: BASE_URL, fetch, ...numbers }),
  },
  {
    of: 'createVerifier',
    table: VERIFIER_NUMBERS,
    create: (numbers: object) => createVerifier({ issuer: BASE_URL, fetch, ...numbers }),
  },
  {
    of: 'requireRecentAuthentication',
    table: RECENT_NUMBERS,
    create: (numbers: object) =>
      createGuards(createVerifier({ issuer: BASE_URL, fetch })).requireRecentAuthentication(numbers),
  },
  {
    of: 'createServerAuth',
    table: SERVER_AUTH_NUMBERS,
    create: (numbers: object) => createServerAuth({ baseUrl: BASE_URL, appUrl: BASE_URL, fetch, ...numbers }),
  },
]

const CASES = CREATORS.flatMap(({ of, table, create }) =>
  Object.entries<NumberOption>(table).map(([name, option]) => ({ of, name, option, create })),
)

describe.each(CASES)('$of, $name', ({ name, option, create }) => {
  const { min, max, fallback } = option
  const tooLarge = max < Number.POSITIVE_INFINITY ? [max + 1, 2 ** 31, 1e300, Number.POSITIVE_INFINITY] : []
  const tooSmall = [Number.NEGATIVE_INFINITY, -1, min - 0.0005]

  test('accepts the values from its least to its largest', () => {
    for (const value of [undefined, null, min, max, fallback])
      expect(() => create({ [name]: value })).not.toThrow()
  })

  test.each([Number.NaN, '30', {}, true, ...tooSmall, ...tooLarge])(
    'refuses %s, and says its name, its bounds and the value',
    (value) => {
      const message = `${name} must be a number from ${min} to ${max}: ${String(value)}`
      expect(() => create({ [name]: value })).toThrow(new RangeError(message))
    },
  )
})

describe.each([2_147_483, 2 ** 31, Number.POSITIVE_INFINITY])('with timeoutSeconds %s', (timeoutSeconds) => {
  test('an answer that takes minutes is awaited', async () => {
    const { client, deliveries } = setUpClient({ timeoutSeconds })
    deliveries.set('/login/', [{ answerMilliseconds: 400_000 }])
    expect(await settle(client.login(ADA))).toMatchObject({ status: 'signed_in' })
  })

  test('a note that a closed tab has left does not hold back a sign-out for ever', async () => {
    const { client, server, deliveries, openTab } = setUpClient({ timeoutSeconds })
    const { sessionId } = await settle(signIn(client, ADA))
    deliveries.set('/password/change/', [{ lost: 'answer silently' }])
    void client.password.change({ old_password: 'a', new_password1: 'b', new_password2: 'b' })
    await passSeconds(1810)
    server.end(sessionId)
    await expect(settle(openTab().user.get())).rejects.toMatchObject({ code: 'not_authenticated' })
  })
})

test('with the longest grace a lost answer is still requested again within seconds', async () => {
  const { client, deliveries } = setUpClient({
    refreshGraceSeconds: CLIENT_NUMBERS.refreshGraceSeconds.max,
    timeoutSeconds: 60,
  })
  const { sessionId } = await settle(signIn(client, ADA))
  await passSeconds(1810)
  deliveries.set('/refresh/', [{ lost: 'answer silently' }])
  expect(await settle(client.user.get())).toMatchObject({ first_name: sessionId })
})
