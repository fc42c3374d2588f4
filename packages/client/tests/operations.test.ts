import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  createClient,
  ERROR_CODES,
  isLatchkeyError,
  type LatchkeyClient,
  LatchkeyError,
  type LatchkeyErrorCode,
} from '../src/index.ts'
import { confirmEmailChange, verifyEmail } from '../src/links/index.ts'
import { MFA_ERROR_CODES } from '../src/mfa/index.ts'
import { SOCIAL_ERROR_CODES } from '../src/social/index.ts'
import { ADA, BASE_URL, setUpClient, signIn } from './support/clients.ts'
import { json, refuse } from './support/model-server.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

interface Sent {
  url: string
  init: RequestInit
}

/** Creates a client of a server with one answer, and collects what is sent to it. */
function answerWith(answer: () => Response) {
  const sent: Sent[] = []
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    sent.push({ url: String(input), init })
    return answer()
  }
  return { sent, client: createClient({ baseUrl: `${BASE_URL}/prefix/`, fetch }) }
}

async function failureOf(promise: Promise<unknown>): Promise<LatchkeyError> {
  const thrown = await settle(promise).catch((error: unknown) => error)
  if (!isLatchkeyError(thrown)) throw new Error(`not a refusal: ${String(thrown)}`)
  return thrown
}

describe('a refusal', () => {
  test('of fields names each field', async () => {
    const fields = { email: ['This field is required.'], non_field_errors: ['They differ.'] }
    const { client } = answerWith(() => json(fields, { status: 400 }))
    const error = await failureOf(client.password.requestReset({ email: '' }))
    expect(error).toMatchObject({ code: 'invalid', status: 400, fields, message: 'This field is required.' })
  })

  test('has the code, the sentence, the wait and the request id', async () => {
    const headers = { 'Retry-After': '42', 'X-Request-Id': 'r-1' }
    const { client } = answerWith(() => refuse(429, 'throttled', 'Request was throttled.', headers))
    const error = await failureOf(client.login(ADA))
    expect(error).toMatchObject({ code: 'throttled', message: 'Request was throttled.', status: 429 })
    expect(error).toMatchObject({ retryAfterSeconds: 42, requestId: 'r-1', fields: {} })
  })

  test.each([
    [refuse(401, 'invented_tomorrow', 'New.'), 'unexpected_answer'],
    [new Response('<html>', { status: 502 }), 'unavailable'],
    [new Response('<html>', { status: 429 }), 'throttled'],
    [new Response('<html>', { status: 404 }), 'unexpected_answer'],
    [json({ error: { message: 'x' } }, { status: 400 }), 'unexpected_answer'],
    [new Response('<html>hotel</html>'), 'unexpected_answer'],
  ])('that is not from the server also has a code: %#', async (answer, code) => {
    const { client } = answerWith(() => answer)
    expect((await failureOf(client.login(ADA))).code).toBe(code)
  })

  test('has a code from a closed list, so that a switch can be exhaustive', () => {
    // A record of all codes compiles only when it has every code, as an exhaustive switch does.
    const weight = Object.fromEntries(
      [...ERROR_CODES, ...MFA_ERROR_CODES, ...SOCIAL_ERROR_CODES].map((code) => [code, 1]),
    ) as Record<LatchkeyErrorCode, number>
    expectTypeOf(weight.throttled).toBeNumber()
    expectTypeOf<string>().not.toExtend<LatchkeyErrorCode>()
    expect(isLatchkeyError(new LatchkeyError('error', 'x'))).toBe(true)
    expect(isLatchkeyError(new Error('x'))).toBe(false)
  })

  test('after a timeout has the code timeout', async () => {
    const { client, deliveries } = setUpClient({ timeoutSeconds: 3 })
    deliveries.set('/login/', [{ lost: 'answer silently' }])
    const login = client.login(ADA)
    login.catch(() => {})
    await passSeconds(3.1)
    await expect(login).rejects.toMatchObject({ code: 'timeout', status: 0 })
  })
})

describe('a request', () => {
  test('goes to the prefix as JSON, without cookies and without a token', async () => {
    const { client, sent } = answerWith(() => json({ detail: 'ok' }))
    await settle(client.registration.resend({ email: 'a@b.c', password: 'x' }))
    expect(sent[0]?.url).toBe(`${BASE_URL}/prefix/registration/resend-email/`)
    expect(sent[0]?.init).toMatchObject({ method: 'POST', body: '{"email":"a@b.c","password":"x"}' })
    expect(sent[0]?.init).not.toHaveProperty('credentials')
    expect(sent[0]?.init.headers).not.toHaveProperty('Authorization')
  })

  test('that needs a user fails at once when no user is signed in', async () => {
    const { client, sent } = answerWith(() => json({}))
    expect(await failureOf(client.sessions.list())).toMatchObject({ code: 'not_authenticated', status: 401 })
    expect(sent).toEqual([])
  })

  test('to set a password after a reset sends the cookie of the link', async () => {
    const { client, sent } = answerWith(() => json({ new_password2: ['Too short.'] }, { status: 400 }))
    await failureOf(client.password.setNew({ new_password1: 'a', new_password2: 'a' }))
    expect(sent[0]?.init.credentials).toBe('include')
  })
})

describe('a sign-up', () => {
  test('that waits for the mailed link does not sign in', async () => {
    const { client } = answerWith(() => json({ detail: 'Verification e-mail sent.' }, { status: 201 }))
    const input = { email: 'a@b.c', password1: 'p', password2: 'p', first_name: 'A', last_name: 'B' }
    expect(await settle(client.register(input))).toEqual({
      status: 'verification_required',
      detail: 'Verification e-mail sent.',
    })
    expect(client.session.state.status).toBe('signed_out')
  })
})

// A wrong baseUrl or a proxy can give such answers.
describe.each([
  ['something else', () => json({ status: 'ok' })],
  ['nothing', () => json(null)],
  ['a list', () => json([])],
  ['no content', () => new Response(null, { status: 204 })],
])('an answer with %s instead of tokens', (_name, answer) => {
  const names = { first_name: 'A', last_name: 'B' }

  test.each<[string, (client: LatchkeyClient) => Promise<unknown>]>([
    ['sign-in', (client) => client.login(ADA)],
    ['sign-up', (client) => client.register({ email: 'a@b.c', password1: 'p', password2: 'p', ...names })],
    ['new password', (client) => client.password.setNew({ new_password1: 'p', new_password2: 'p' })],
  ])('does not count as a %s', async (_operation, call) => {
    const { client } = answerWith(answer)
    expect(await failureOf(call(client))).toMatchObject({ code: 'unexpected_answer' })
  })
})

describe('a mailed link', () => {
  test.each([
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/x' } })],
    [
      'a redirect a browser hides',
      () => Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' }),
    ],
  ])('is followed: %s', async (_name, answer) => {
    const { client, sent } = answerWith(answer)
    await settle(verifyEmail(client, { key: 'a/b' }))
    expect(sent.map(({ url, init }) => [init.method, url, init.redirect])).toEqual([
      ['GET', `${BASE_URL}/prefix/registration/verification/a%2Fb/`, 'manual'],
    ])
  })

  test('with a button is pressed', async () => {
    const answers = [
      new Response('<button>'),
      new Response(null, { status: 303, headers: { location: '/x' } }),
    ]
    const { client, sent } = answerWith(() => answers.shift() ?? Response.error())
    await settle(confirmEmailChange(client, { key: 'k' }))
    expect(sent.map(({ init }) => init.method)).toEqual(['GET', 'POST'])
  })

  test('that was used or has expired is refused', async () => {
    const { client } = answerWith(() => refuse(404, 'not_found', 'Not found.'))
    expect(await failureOf(verifyEmail(client, { key: 'k' }))).toMatchObject({ code: 'not_found' })
  })
})

test('revoking the current session signs out this client', async () => {
  const { client, server } = setUpClient()
  const { sessionId } = await settle(signIn(client, ADA))
  server.override = (path) =>
    path.startsWith('/sessions/') ? new Response(null, { status: 204 }) : undefined
  await settle(client.sessions.revoke({ id: 'another' }))
  expect(client.session.state.status).toBe('signed_in')
  await settle(client.sessions.revoke({ id: sessionId }))
  expect(client.session.state.status).toBe('signed_out')
})
