import { createHash } from 'node:crypto'
import {
  createProviderStandIn,
  describeProviders,
  newEmail,
  PASSWORD,
  type ProviderStandIn,
  readClaims,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { APP, agree, type Browser, begin, makeVerifier, openBrowser, outcomeOf } from './redirect-browser.ts'

let server: TestServer
let standIn: ProviderStandIn
let browser: Browser
beforeAll(async () => {
  standIn = await createProviderStandIn()
  const providerSettings = describeProviders({ acme: { emailDomains: ['*'] } })
  const config = { providerReturnUrls: [APP, 'com.example.app:/done'] }
  server = await startTestServer({ core: { providerSettings, providerFetch: standIn.fetch, config } })
})
beforeEach(() => {
  server.clock.seconds = 0
  standIn.override.answer = () => undefined
  browser = openBrowser(server)
})
afterAll(() => server.close())

let people = 0
/** A person whom the provider vouches for. */
function newPerson() {
  people += 1
  return { sub: `person-${people}`, email: newEmail(), email_verified: true, given_name: 'Ada' }
}

const redeem = (code: string | null, verifier: string) =>
  call(`${server.url}/social/session/`, { json: { code, code_verifier: verifier } })

async function signIn(person = newPerson()) {
  const attempt = await begin(browser)
  const { code } = outcomeOf(await browser.open(agree(standIn, attempt, person)))
  const { body } = await redeem(code, attempt.verifier)
  return { person, tokens: body as { access: string; refresh: string } }
}

/** A code that waits for its app. */
async function getCode(person = newPerson()) {
  const attempt = await begin(browser)
  const { code } = outcomeOf(await browser.open(agree(standIn, attempt, person)))
  return { code, verifier: attempt.verifier, person }
}

async function register() {
  const form = {
    email: newEmail(),
    password1: PASSWORD,
    password2: PASSWORD,
    first_name: 'A',
    last_name: 'B',
  }
  const { body } = await call(`${server.url}/registration/`, { json: form })
  return body as { access: string; refresh: string }
}

/** The session of a token has a proof of an hour ago. */
const makeOld = (token: string) => server.database.sql`
  update sessions set auth_time = now() - interval '1 hour' where id = ${String(readClaims(token).session)}`

const countSessions = async () => (await server.database.sql`select 1 from sessions`).length

describe('start', () => {
  it('leads to the provider with state, nonce and a challenge of our own, and sets one Lax cookie of the attempt', async () => {
    const { challenge } = makeVerifier()
    const query = new URLSearchParams({
      return_to: APP,
      code_challenge: challenge,
      prompt: 'login',
      login_hint: 'ada@example.com',
    })
    const answer = await browser.open(`/social/acme/start/?${query}`)
    expect(answer.status).toBe(302)
    const url = new URL(answer.headers.get('location') ?? '')
    const asked = Object.fromEntries(url.searchParams)
    expect(asked).toMatchObject({
      client_id: 'acme-web',
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost:3000/social/acme/callback/',
      prompt: 'login',
      login_hint: 'ada@example.com',
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(asked.code_challenge).not.toBe(challenge)
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^lk-[\w-]{8}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('stores no secret that opens anything', async () => {
    await server.database.sql`delete from provider_attempts`
    const attempt = await begin(browser)
    const [row] = await server.database.sql`select t::text as row from provider_attempts t`
    const secrets = [
      attempt.provider.searchParams.get('state'),
      attempt.provider.searchParams.get('nonce'),
      ...browser.cookies.values(),
      attempt.verifier,
    ]
    for (const secret of secrets) expect(row?.row).not.toContain(secret)
  })

  it.each([
    ['no return_to', { code_challenge: makeVerifier().challenge }],
    ['another return_to', { return_to: 'https://evil.example/', code_challenge: makeVerifier().challenge }],
    ['no challenge', { return_to: APP }],
    ['a plain challenge', { return_to: APP, code_challenge: 'short' }],
    ['an unknown prompt', { return_to: APP, code_challenge: makeVerifier().challenge, prompt: 'x' }],
    [
      'a long hint',
      { return_to: APP, code_challenge: makeVerifier().challenge, login_hint: 'a'.repeat(321) },
    ],
    [
      'a hint with a line break',
      { return_to: APP, code_challenge: makeVerifier().challenge, login_hint: 'a\nb' },
    ],
  ] as [string, Record<string, string>][])(
    'is refused with a page and no cookie for %s',
    async (_, query) => {
      const answer = await browser.open(`/social/acme/start/?${new URLSearchParams(query)}`)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      const told = await browser.open(`/social/acme/start/?${new URLSearchParams(query)}`, {
        accept: 'application/json',
      })
      expect(told.status).toBe(400)
    },
  )

  it('names every fault at once, in words of its own', async () => {
    const ask = async (query: Record<string, string>) =>
      (
        await browser.open(`/social/acme/start/?${new URLSearchParams(query)}`, {
          accept: 'application/json',
        })
      ).body
    expect(await ask({ prompt: 'x', login_hint: 'a\n' })).toMatchObject({
      ...{ return_to: ['This field is required.'], code_challenge: ['This field is required.'] },
      prompt: ['Enter none, or any of login, consent and select_account, separated by spaces.'],
      login_hint: ['Control characters are not allowed.'],
    })
    expect(await ask({ return_to: 'https://evil.example/', code_challenge: 'short' })).toMatchObject({
      return_to: ['This address is not one of PROVIDER_RETURN_URLS.'],
      code_challenge: ['Enter the S256 of a code verifier (RFC 7636): 43 characters of base64url.'],
    })
    expect(await ask({ login_hint: 'a'.repeat(321) })).toMatchObject({
      login_hint: ['Ensure this field has no more than 320 characters.'],
    })
  })

  it('passes no empty prompt and no empty hint on', async () => {
    const { provider } = await begin(browser, { more: { prompt: '', login_hint: '' } })
    const names = [...provider.searchParams.keys()]
    expect(names).not.toContain('prompt')
    expect(names).not.toContain('login_hint')
  })

  it('is refused for return_to given twice', async () => {
    const query = new URLSearchParams({ return_to: APP, code_challenge: makeVerifier().challenge })
    query.append('return_to', 'https://evil.example/')
    expect((await browser.open(`/social/acme/start/?${query}`)).status).toBe(400)
  })

  it.each([
    ['provider_not_configured', 'nobody', () => undefined],
    ['provider_unavailable', 'gitlab', () => Response.json({}, { status: 500 })],
    [
      'provider_unavailable',
      'gitlab',
      () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['provider_unavailable', 'gitlab', () => Response.json({ issuer: 'https://evil.example' })],
  ] as [string, string, () => Response | undefined][])(
    'of a provider that is not to be had leads back to the app: %s',
    async (error, provider, answer) => {
      standIn.override.answer = answer
      const query = new URLSearchParams({
        return_to: `${APP}?tab=2`,
        code_challenge: makeVerifier().challenge,
      })
      const { status, headers } = await browser.open(`/social/${provider}/start/?${query}`)
      expect([status, headers.get('location')]).toEqual([302, `${APP}?tab=2&error=${error}`])
      expect(headers.getSetCookie()).toEqual([])
      query.set('return_to', 'https://evil.example/')
      expect((await browser.open(`/social/${provider}/start/?${query}`)).status).toBe(400)
    },
  )

  it.each([
    [{ 'sec-fetch-dest': 'empty' }, 400],
    [{ 'sec-fetch-dest': 'iframe' }, 400],
    [{ 'sec-purpose': 'prefetch' }, 503],
  ])('begins nothing for a request that is no navigation of a person: %j', async (headers, status) => {
    const query = new URLSearchParams({ return_to: APP, code_challenge: makeVerifier().challenge })
    const answer = await browser.open(`/social/acme/start/?${query}`, {
      headers: headers as Record<string, string>,
    })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []])
  })

  it('begins by a navigation, and not by a HEAD', async () => {
    const query = new URLSearchParams({ return_to: APP, code_challenge: makeVerifier().challenge })
    const path = `/social/acme/start/?${query}`
    const navigated = await browser.open(path, { headers: { 'sec-fetch-dest': 'document' } })
    expect([navigated.status, navigated.headers.getSetCookie().length]).toEqual([302, 1])
    const { headers } = await call(server.url + path, { method: 'HEAD' })
    expect([headers.get('location'), headers.getSetCookie()]).toEqual([null, []])
  })

  it('that the database does not take is a fault of the server', async () => {
    const query = new URLSearchParams({ return_to: APP, code_challenge: makeVerifier().challenge })
    await server.database.sql`alter table provider_attempts rename to hidden`
    const answer = await browser.open(`/social/acme/start/?${query}`)
    await server.database.sql`alter table hidden rename to provider_attempts`
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([500, []])
  })

  it('keeps at most eight attempts of a browser, and forgets the oldest', async () => {
    const attempts = []
    for (let i = 0; i < 9; i++) attempts.push(await begin(browser))
    expect(browser.cookies.size).toBe(8)
    const [oldest, second] = attempts
    if (!oldest || !second) throw new Error('No attempt began.')
    expect((await browser.open(agree(standIn, oldest, newPerson()))).status).toBe(400)
    expect(outcomeOf(await browser.open(agree(standIn, second, newPerson()))).code).not.toBeNull()
  })
})

describe('the callback', () => {
  it('sends the browser to return_to with a code that signs in once, and forgets the cookie', async () => {
    const person = newPerson()
    const attempt = await begin(browser)
    const answer = await browser.open(agree(standIn, attempt, person))
    expect(answer.status).toBe(303)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const { code, target } = outcomeOf(answer)
    expect([target, browser.cookies.size]).toEqual([APP, 0])
    const signedIn = await redeem(code, attempt.verifier)
    expect(signedIn.status).toBe(200)
    expect(readClaims((signedIn.body as { access: string }).access)).toMatchObject({
      acr: 'aal1',
      amr: ['fed'],
    })
    expect(await redeem(code, attempt.verifier)).toMatchObject({
      status: 401,
      body: { code: 'token_not_valid' },
    })
  })

  it('opens no session before the code is redeemed', async () => {
    const before = await countSessions()
    await getCode()
    expect(await countSessions()).toBe(before)
  })

  it('leads to the address of an app exactly', async () => {
    const attempt = await begin(browser, { returnTo: 'com.example.app:/done' })
    const answer = await browser.open(agree(standIn, attempt, newPerson()))
    expect(answer.headers.get('location')).toMatch(/^com\.example\.app:\/done\?code=[\w-]{43}$/)
  })

  it('a state of another browser shows a page, and the attempt stays with its own', async () => {
    const attempt = await begin(browser)
    const path = agree(standIn, attempt, newPerson())
    const stranger = await openBrowser(server).open(path)
    expect(stranger.status).toBe(400)
    expect(stranger.text).toContain('another browser')
    expect(outcomeOf(await browser.open(path)).code).not.toBeNull()
  })

  it('a state of another browser that planted a cookie of its own shows a page, and spends nothing', async () => {
    const attempt = await begin(browser)
    const path = agree(standIn, attempt, newPerson())
    const stranger = openBrowser(server)
    for (const name of browser.cookies.keys()) stranger.cookies.set(name, 'A'.repeat(43))
    const answer = await stranger.open(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(answer.text).toContain('another browser')
    expect(outcomeOf(await browser.open(path)).code).not.toBeNull()
    expect((await stranger.open(path)).headers.get('location')).toBeNull()
  })

  it('a state of another provider shows a page', async () => {
    const attempt = await begin(browser)
    const path = agree(standIn, attempt, newPerson()).replace('/acme/', '/google/')
    const answer = await browser.open(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })

  it.each(['', 'x', 'A'.repeat(43)])('an unknown state shows a page: %s', async (state) => {
    await begin(browser)
    const answer = await browser.open(`/social/acme/callback/?code=x&state=${state}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(answer.text).not.toContain('another browser')
  })

  it('a doubled state shows a page', async () => {
    const path = agree(standIn, await begin(browser), newPerson())
    expect((await browser.open(`${path}&state=${'A'.repeat(43)}`)).status).toBe(400)
  })

  it('replayed 50 times at once gives one code', async () => {
    const path = agree(standIn, await begin(browser), newPerson())
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie }
    const answers = await Promise.all(Array.from({ length: 50 }, () => call(server.url + path, { headers })))
    const outcomes = answers.map((answer) => [answer.status, outcomeOf(answer).error])
    expect(outcomes.sort()).toEqual([[303, null], ...Array(49).fill([303, 'challenge_invalid'])].sort())
    expect(answers.filter((answer) => outcomeOf(answer).code !== null)).toHaveLength(1)
  })

  it('a reload shows a page, and one whose first answer was lost goes back to the app', async () => {
    const path = agree(standIn, await begin(browser), newPerson())
    const lost = new Map(browser.cookies)
    await browser.open(path)
    const again = await browser.open(path)
    expect([again.status, again.headers.get('location')]).toEqual([400, null])
    for (const [name, value] of lost) browser.cookies.set(name, value)
    const back = await browser.open(path)
    expect(outcomeOf(back)).toEqual({ code: null, error: 'challenge_invalid', target: APP })
    expect(browser.cookies.size).toBe(0)
  })

  it('an attempt ends after ten minutes, and its browser goes back to the app', async () => {
    const path = agree(standIn, await begin(browser), newPerson())
    server.clock.seconds = 601
    expect(outcomeOf(await browser.open(path)).error).toBe('challenge_invalid')
    expect((await openBrowser(server).open(path)).status).toBe(400)
  })

  it('HEAD and a prefetch use nothing up', async () => {
    const path = agree(standIn, await begin(browser), newPerson())
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    await call(server.url + path, { method: 'HEAD', headers: { cookie } })
    expect((await browser.open(path, { headers: { 'sec-purpose': 'prefetch' } })).status).toBe(503)
    expect(outcomeOf(await browser.open(path)).code).not.toBeNull()
  })

  it('two tabs that began at once both end', async () => {
    const [one, other] = [await begin(browser), await begin(browser)]
    const first = outcomeOf(await browser.open(agree(standIn, one, newPerson())))
    const second = outcomeOf(await browser.open(agree(standIn, other, newPerson())))
    expect((await redeem(first.code, one.verifier)).status).toBe(200)
    expect((await redeem(second.code, other.verifier)).status).toBe(200)
  })

  it.each([
    ['access_denied', 'access_denied'],
    ['login_required', 'login_required'],
    ['user_cancelled_authorize', 'access_denied'],
    ['temporarily_unavailable', 'provider_unavailable'],
    ['__proto__', 'invalid_social_token'],
    ['<script>', 'invalid_social_token'],
  ])('tells the app what the provider says in place of a code: %s', async (said, told) => {
    const { provider } = await begin(browser)
    const query = new URLSearchParams({ error: said, state: provider.searchParams.get('state') ?? '' })
    const answer = await browser.open(`/social/acme/callback/?${query}`)
    expect([answer.status, outcomeOf(answer)]).toEqual([303, { code: null, error: told, target: APP }])
  })

  it.each([
    ['a code with an error', (path: string) => `${path}&error=access_denied`],
    ['a doubled code', (path: string) => `${path}&code=other`],
    ['a wrong issuer', (path: string) => `${path}&iss=https%3A%2F%2Fevil.example`],
    ['another code', (path: string) => path.replace(/code=[^&]*/, 'code=other')],
  ])('refuses %s', async (_, change) => {
    const path = agree(standIn, await begin(browser), newPerson())
    expect(outcomeOf(await browser.open(change(path)))).toMatchObject({
      code: null,
      error: 'invalid_social_token',
    })
  })

  it('refuses the code of another attempt of the same provider', async () => {
    const stolen = standIn.authorize((await begin(openBrowser(server))).provider, newPerson()).get('code')
    const mine = await begin(browser)
    const path = `/social/acme/callback/?code=${stolen}&state=${mine.provider.searchParams.get('state')}`
    expect(outcomeOf(await browser.open(path)).error).toBe('invalid_social_token')
  })
})

describe('form_post across sites', () => {
  it('leads on to the same path as GET, with the cookie, and keeps the names of Apple', async () => {
    const attempt = await begin(browser, { provider: 'apple' })
    const nonce = attempt.provider.searchParams.get('nonce')
    expect(attempt.provider.searchParams.get('response_mode')).toBe('form_post')
    const person = { sub: 'apple-1', email: newEmail(), email_verified: 'true', nonce_supported: true, nonce }
    const form = standIn.authorize(attempt.provider, person)
    form.set(
      'user',
      JSON.stringify({ name: { firstName: 'Grace', lastName: 'Hopper' }, email: 'x@example.com' }),
    )
    const posted = await browser.post('/social/apple/callback/', form)
    expect(posted.status).toBe(303)
    const location = posted.headers.get('location') ?? ''
    expect(location).toBe(`/social/apple/callback/?code=${form.get('code')}&state=${form.get('state')}`)
    expect(posted.headers.getSetCookie()).toEqual([])
    const { code } = outcomeOf(await browser.open(location))
    const { body } = await redeem(code, attempt.verifier)
    const user = await call(`${server.url}/user/`, { token: (body as { access: string }).access })
    expect(user.body).toMatchObject({ first_name: 'Grace', last_name: 'Hopper', email: person.email })
  })

  it('posted into another browser ends with a page there', async () => {
    const attempt = await begin(browser, { provider: 'apple' })
    const form = standIn.authorize(attempt.provider, { sub: 'apple-2' })
    const stranger = openBrowser(server)
    const posted = await stranger.post('/social/apple/callback/', form)
    expect((await stranger.open(posted.headers.get('location') ?? '')).status).toBe(400)
  })

  it.each([
    'no JSON',
    '[]',
    'null',
    '{"name":null}',
    '{"name":{"firstName":7,"lastName":{}}}',
    JSON.stringify({ name: { firstName: 'a\0'.repeat(900), lastName: '\u202e' } }),
  ])('is not stopped by names that are none: %.40s', async (user) => {
    const attempt = await begin(browser, { provider: 'apple' })
    const form = standIn.authorize(attempt.provider, { sub: 'apple-3' })
    form.set('user', user)
    expect((await browser.post('/social/apple/callback/', form)).status).toBe(303)
  })

  it.each(['A'.repeat(43), 'x', ''])('shows a page where no attempt waits: %s', async (state) => {
    const form = new URLSearchParams({ code: 'x', state })
    const posted = await browser.post('/social/apple/callback/', form)
    expect([posted.status, posted.headers.get('location')]).toEqual([400, null])
  })
})

describe('a foreign code', () => {
  it('at /social/session/ signs nobody in, and stays with the one who began', async () => {
    const { code, verifier } = await getCode()
    const before = await countSessions()
    for (const other of [makeVerifier().verifier, '', 'x', verifier.slice(1), `${verifier}x`]) {
      expect([400, 401]).toContain((await redeem(code, other)).status)
    }
    for (const unknown of ['A'.repeat(43), 'x', `${code}x`])
      expect((await redeem(unknown, verifier)).status).toBe(401)
    expect(await countSessions()).toBe(before)
    expect((await redeem(code, verifier)).status).toBe(200)
  })

  it('of a challenge that an app calls plain is not redeemed by the challenge', async () => {
    const { challenge } = makeVerifier()
    const query = { return_to: APP, code_challenge: challenge, code_challenge_method: 'plain' }
    const start = await browser.open(`/social/acme/start/?${new URLSearchParams(query)}`)
    const attempt = { verifier: challenge, provider: new URL(start.headers.get('location') ?? '') }
    const { code } = outcomeOf(await browser.open(agree(standIn, attempt, newPerson())))
    expect(code).not.toBeNull()
    expect((await redeem(code, challenge)).status).toBe(401)
  })

  it('of a verifier that is shorter than RFC 7636 allows is redeemed by nobody', async () => {
    const verifier = 'a'.repeat(42)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const query = new URLSearchParams({ return_to: APP, code_challenge: challenge })
    const start = await browser.open(`/social/acme/start/?${query}`)
    const attempt = { verifier, provider: new URL(start.headers.get('location') ?? '') }
    const { code } = outcomeOf(await browser.open(agree(standIn, attempt, newPerson())))
    expect(code).not.toBeNull()
    expect((await redeem(code, verifier)).status).toBe(401)
  })

  it('at /social/connect/ connects nothing to the caller', async () => {
    const { code, verifier } = await getCode()
    const { access: token } = await register()
    const json = { code, code_verifier: makeVerifier().verifier }
    expect(await call(`${server.url}/social/connect/`, { json, token })).toMatchObject({
      status: 400,
      body: { code: 'challenge_invalid' },
    })
    expect(await call(`${server.url}/social/accounts/`, { token })).toMatchObject({ body: [] })
    expect((await redeem(code, verifier)).status).toBe(200)
  })

  it('redeemed 50 times at once opens one session', async () => {
    const { code, verifier } = await getCode()
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(code, verifier)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(49).fill(401)])
  })

  it('ends after a minute', async () => {
    const { code, verifier } = await getCode()
    server.clock.seconds = 61
    expect((await redeem(code, verifier)).status).toBe(401)
  })
})

describe('connecting', () => {
  it('ties the account of the provider to the caller, who then signs in with it', async () => {
    const { access: token } = await register()
    const { code, verifier, person } = await getCode()
    const connected = await call(`${server.url}/social/connect/`, {
      json: { code, code_verifier: verifier },
      token,
    })
    expect(connected).toMatchObject({ status: 201, body: { provider: 'acme', uid: person.sub } })
    const { tokens } = await signIn(person)
    expect(readClaims(tokens.access).sub).toBe(readClaims(token).sub)
  })

  it('is refused for a proof that is not recent, and spends no code', async () => {
    const { access: token } = await register()
    await makeOld(token)
    const { code, verifier } = await getCode()
    const json = { code, code_verifier: verifier }
    expect(await call(`${server.url}/social/connect/`, { json, token })).toMatchObject({ status: 403 })
    expect((await redeem(code, verifier)).status).toBe(200)
  })
})

describe('reauthentication with a provider', () => {
  it('is offered to a user without a password, and makes the proof recent', async () => {
    const { person, tokens } = await signIn()
    const token = tokens.access
    await makeOld(token)
    const refused = await call(`${server.url}/passkeys/options/`, { method: 'POST', json: {}, token })
    expect(refused.body).toMatchObject({ code: 'insufficient_user_authentication', methods: ['social'] })
    const { code, verifier } = await getCode(person)
    const json = { social_code: code, code_verifier: verifier }
    const confirmed = await call(`${server.url}/reauthenticate/`, { json, token })
    expect(confirmed.status).toBe(200)
    const { access } = confirmed.body as { access: string }
    expect(readClaims(access)).toMatchObject({ acr: 'aal1', amr: ['fed'] })
    expect((await call(`${server.url}/passkeys/options/`, { json: {}, token: access })).status).toBe(200)
    expect((await call(`${server.url}/reauthenticate/`, { json, token: access })).status).toBe(400)
  })

  it('is refused for the code of a subject that is not connected to the caller, and does not spend it', async () => {
    const { tokens } = await signIn()
    const { code, verifier } = await getCode()
    const json = { social_code: code, code_verifier: verifier }
    const refused = await call(`${server.url}/reauthenticate/`, { json, token: tokens.access })
    expect(refused).toMatchObject({ status: 400, body: { code: 'challenge_invalid' } })
    expect((await redeem(code, verifier)).status).toBe(200)
  })

  it('is refused with another verifier, and with two proofs', async () => {
    const { person, tokens } = await signIn()
    const { code, verifier } = await getCode(person)
    const send = (json: object) => call(`${server.url}/reauthenticate/`, { json, token: tokens.access })
    expect((await send({ social_code: code, code_verifier: makeVerifier().verifier })).status).toBe(400)
    expect((await send({ social_code: code })).status).toBe(400)
    expect((await send({ social_code: code, code_verifier: verifier, password: 'x' })).status).toBe(400)
    expect((await send({ social_code: code, code_verifier: verifier })).status).toBe(200)
  })
})

it('a copy of the table opens nothing', async () => {
  const { code, verifier } = await getCode()
  const rows = await server.database.sql`select t::text as row from provider_attempts t`
  const dump = rows.map(({ row }) => row).join()
  for (const secret of [code, verifier]) expect(dump).not.toContain(secret)
})

it('over https the cookie has the prefix that a neighbour cannot plant', async () => {
  const secure = await startTestServer({
    settings: { publicUrl: 'https://auth.example.com' },
    core: {
      providerSettings: describeProviders(),
      providerFetch: standIn.fetch,
      config: { providerReturnUrls: [APP] },
    },
  })
  const secureBrowser = openBrowser(secure)
  const { challenge } = makeVerifier()
  const query = new URLSearchParams({ return_to: APP, code_challenge: challenge })
  const answer = await secureBrowser.open(`/social/acme/start/?${query}`)
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^__Host-lk-[\w-]{8}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ])
  await secure.close()
})
