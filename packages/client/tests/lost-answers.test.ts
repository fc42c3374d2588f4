import { describe, expect, test } from 'vitest'
import { createClient, type LatchkeyError } from '../src/index.ts'
import { ADA, BASE_URL, countArrived, setUpClient } from './support/clients.ts'
import { json, refuse } from './support/model-server.ts'
import { MODES, setUpClientInMode } from './support/modes.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

/** Signs in, and lets the access token expire. */
async function expire() {
  const setup = setUpClient()
  await settle(setup.client.login(ADA))
  await passSeconds(1810)
  return setup
}

describe('a lost answer', () => {
  const answers = [408, 425].flatMap((status) => [
    [status, 'of a proxy', () => new Response('<h1>Request Timeout</h1>', { status })] as const,
    [status, 'without a body', () => new Response(null, { status })] as const,
  ])

  test.each(answers)('%s %s to a refresh is requested again', async (_status, _name, answer) => {
    const { client, server } = await expire()
    let lost = 2
    server.override = (path) => (path === '/refresh/' && lost-- > 0 ? answer() : undefined)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    expect(countArrived(server, 'POST /refresh/')).toBe(3)
  })

  test.each(answers)(
    '%s %s to an operation is named, and the operation is not repeated',
    async (status, _name, answer) => {
      const { client, server } = setUpClient()
      server.override = () => answer()
      await expect(settle(client.login(ADA))).rejects.toMatchObject({ code: 'network_error', status })
      expect(server.arrived).toEqual(['POST /login/'])
    },
  )
})

describe('Retry-After', () => {
  /** Gets the wait of a refusal with these headers. */
  async function readWait(headers: Record<string, string>): Promise<number | undefined> {
    const fetch = async () => refuse(503, 'unavailable', 'busy', headers)
    const error = await settle(createClient({ baseUrl: BASE_URL, fetch }).login(ADA)).catch(
      (thrown) => thrown,
    )
    return (error as LatchkeyError).retryAfterSeconds
  }

  test.each([
    ['Thu, 01 Jan 2026 12:00:42 GMT', 42],
    ['Thursday, 01-Jan-26 12:00:42 GMT', 42],
    ['Thu Jan  1 12:00:42 2026', 42],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['42', 42],
    ['0', 0],
  ])('may be a date, by the clock of the server: %s', async (header, seconds) => {
    // The local clock is twelve hours behind.
    expect(await readWait({ 'Retry-After': header, Date: 'Thu, 01 Jan 2026 12:00:00 GMT' })).toBe(seconds)
  })

  test('is compared with the local clock where a browser hides the date of the answer', async () => {
    expect(await readWait({ 'Retry-After': 'Thu, 01 Jan 2026 00:01:00 GMT' })).toBe(60)
  })

  test.each([
    '',
    'soon',
    '-1',
    '1.5',
    '1e3',
    '5 minutes',
    '2026-01-01T00:01:00Z',
    'Xyz, 99 Foo 2026 99:99:99 GMT',
  ])('that is neither is ignored: %j', async (header) => {
    expect(await readWait({ 'Retry-After': header, Date: 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBeUndefined()
  })

  test('as a date holds back the next refresh until then', async () => {
    const { client, server } = await expire()
    const headers = { 'Retry-After': 'Thu, 01 Jan 2026 12:01:00 GMT', Date: 'Thu, 01 Jan 2026 12:00:00 GMT' }
    server.override = (path) =>
      path === '/refresh/' ? refuse(503, 'unavailable', 'busy', headers) : undefined
    for (let second = 0; second < 50; second++) {
      await expect(settle(client.user.get())).rejects.toMatchObject({ retryAfterSeconds: 60 })
      await passSeconds(1)
    }
    expect(countArrived(server, 'POST /refresh/')).toBe(1)
    server.override = null
    await passSeconds(10)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })
})

describe('an answer without tokens', () => {
  const answers: [string, () => Response][] = [
    ['204', () => new Response(null, { status: 204 })],
    ['205', () => new Response(null, { status: 205 })],
    ['200 and no body', () => new Response(null)],
    ['200 and HTML', () => new Response('<h1>Welcome to the hotel</h1>')],
    ['200 and null', () => json(null)],
    ['200 and an array', () => json([])],
    ['200 and a text', () => json('ok')],
    ['200 and an empty object', () => json({})],
    ['200 and a number', () => json({ access: 1 })],
    ['304', () => new Response(null, { status: 304 })],
  ]

  const inEachMode = MODES.flatMap((mode) => answers.map(([name, answer]) => [name, mode, answer] as const))

  test.each(inEachMode)(
    'to a refresh is a LatchkeyError, and signs nobody out: %s, in %s mode',
    async (...given) => {
      const [, mode, answer] = given
      const { client, server } = setUpClientInMode(mode)
      await settle(client.login(ADA))
      await passSeconds(1810)
      server.override = (path) => (path === '/refresh/' ? answer() : undefined)
      const { session, user } = client
      const calls: (() => Promise<unknown>)[] = [user.get, session.refresh, session.accessToken]
      for (const call of calls) {
        const error = await settle(call()).catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({
          name: 'LatchkeyError',
          code: expect.stringMatching(/unexpected_answer|timeout/),
        })
      }
      expect(client.session.state.status).toBe('signed_in')
      server.override = null
      await passSeconds(60)
      expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    },
  )

  test.each(answers)('to a sign-in is a LatchkeyError: %s', async (_name, answer) => {
    const { client, server } = setUpClient()
    server.override = () => answer()
    const error = await settle(client.login(ADA)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'LatchkeyError', code: 'unexpected_answer' })
    expect(client.session.state.status).not.toBe('signed_in')
  })
})
