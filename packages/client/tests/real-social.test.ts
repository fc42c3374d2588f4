import { createHash, randomBytes } from 'node:crypto'
import {
  createProviderStandIn,
  describeProviders,
  PLACES,
  type ProviderPerson,
  type ProviderStandIn,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../../../apps/server/tests/social/redirect-browser.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { cookieMode } from '../src/cookie/index.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { createMfaOperations } from '../src/mfa/index.ts'
import { createSocialOperations, type SocialAttempt } from '../src/social/index.ts'
import { createAppWindow } from './support/app-window.ts'
import { createCookieJar } from './support/cookie-jar.ts'
import { createDeviceKeys } from './support/device-keys.ts'

const PASSWORD = 'a long enough phrase'
/** The address of an app on a phone. It is compared exactly. */
const APP = 'com.example.app:/signed-in'
const PAGE = 'https://app.example/signed-in?tab=2'

describe.each(['token', 'cookie'] as const)('redirects to providers in %s mode', (mode) => {
  let server: TestServer
  let standIn: Awaited<ReturnType<typeof createProviderStandIn>>
  let people = 0

  beforeAll(async () => {
    standIn = await createProviderStandIn()
    const refreshCookie = { secure: false, sameSite: 'Lax', path: '/' } as const
    server = await startTestServer({
      ...(mode === 'cookie' && { app: { refreshCookie } }),
      core: {
        providerSettings: describeProviders({ acme: { emailDomains: ['*'] } }),
        providerFetch: standIn.fetch,
        config: { providerReturnUrls: ['https://app.example/signed-in', APP] },
      },
    })
  })
  afterAll(() => server.close())

  const newPerson = (): ProviderPerson => {
    people += 1
    return { sub: `${mode}-${people}`, email: `${mode}${people}@acme.example`, email_verified: true }
  }

  /** A window with an app in it, and the browser around it. */
  function openTab() {
    const sent: string[] = []
    const { fetch: send } = createCookieJar()
    const ways = mode === 'cookie' ? { mode: cookieMode } : {}
    const client = createClient({
      baseUrl: server.url,
      storage: memoryStorage(),
      keyStore: createDeviceKeys(),
      bound: true,
      fetch: (input, init) => {
        sent.push(new URL(String(input)).pathname)
        return send(input, init)
      },
      ...ways,
    })
    const browser = openBrowser(server)
    const { window, kept } = createAppWindow(PAGE)
    /** The browser arrives at the provider, where the person may agree: then, later or never. */
    async function arrive() {
      const start = new URL(window.location.href)
      const sent = await browser.open(start.pathname + start.search)
      const provider = new URL(sent.headers.get('location') ?? '')
      return async (person: ProviderPerson) => {
        const back = await browser.open(`/social/acme/callback/?${standIn.authorize(provider, person)}`)
        window.location.href = back.headers.get('location') ?? ''
      }
    }
    /** The person agrees at the provider, and the browser comes back to the app. */
    const comeBack = async (person: ProviderPerson) => (await arrive())(person)
    const social = createSocialOperations(client, { window })
    return { client, sent, social, window, kept, arrive, comeBack }
  }

  test('a sign-in ends with a session, and nothing of it stays in the address or in the tab', async () => {
    const { client, social, window, kept, comeBack } = openTab()
    await social.signIn('acme', { returnTo: PAGE })
    expect(window.location.href).toContain(`${server.url}/social/acme/start/?return_to=`)
    await comeBack(newPerson())
    const here = window.location.href
    expect(await social.complete()).toMatchObject({ purpose: 'sign_in', result: { status: 'signed_in' } })
    expect(client.session.state.status).toBe('signed_in')
    expect([window.location.href, kept.size]).toEqual([PAGE, 0])
    window.location.href = here
    expect(await social.complete()).toBeNull()
  })

  test('a code in a link of somebody else ends nothing, also in a tab that waits', async () => {
    const [thief, victim] = [openTab(), openTab()]
    await thief.social.signIn('acme', { returnTo: PAGE })
    await thief.comeBack(newPerson())
    victim.window.location.href = thief.window.location.href
    expect(await victim.social.complete()).toBeNull()
    await victim.social.signIn('acme', { returnTo: PAGE })
    const { searchParams } = new URL(victim.window.location.href)
    const planted = new URL(searchParams.get('return_to') ?? '')
    planted.searchParams.set('code', new URL(thief.window.location.href).searchParams.get('code') ?? '')
    victim.window.location.href = planted.href
    await expect(victim.social.complete()).rejects.toMatchObject({ code: 'token_not_valid' })
    expect(victim.client.session.state.status).not.toBe('signed_in')
    expect(await thief.social.complete()).toMatchObject({ result: { status: 'signed_in' } })
  })

  test('two attempts of one tab both end', async () => {
    const { social, window, comeBack } = openTab()
    await social.signIn('acme', { returnTo: PAGE })
    const first = window.location.href
    await social.signIn('acme', { returnTo: PAGE })
    await comeBack(newPerson())
    expect(await social.complete()).toMatchObject({ result: { status: 'signed_in' } })
    window.location.href = first
    await comeBack(newPerson())
    expect(await social.complete()).toMatchObject({ result: { status: 'signed_in' } })
  })

  test('of abandoned attempts a tab keeps those that the server knows, and each of them ends', async () => {
    const { social, window, kept, arrive } = openTab()
    const begin = async () => {
      window.location.href = PAGE
      await social.signIn('acme', { returnTo: PAGE })
      return { agree: await arrive(), size: JSON.stringify([...kept]).length }
    }
    const begun = []
    for (let count = 0; count < 12; count += 1) begun.push(await begin())
    expect(begun.slice(8).map(({ size }) => size)).toEqual(Array(4).fill(begun[7]?.size))
    for (const { agree } of begun.slice(0, 4)) {
      await agree(newPerson())
      expect(window.location.href).toBe('')
    }
    for (const { agree } of begun.slice(4)) {
      await agree(newPerson())
      expect(await social.complete()).toMatchObject({ result: { status: 'signed_in' } })
    }
    expect(kept.size).toBe(0)
  })

  test('the outcome leaves the address whatever the end is', async () => {
    const { social, window } = openTab()
    const outcomes = { code: 'A'.repeat(43), error: 'access_denied' }
    const ends: unknown[] = []
    for (const outcome of Object.entries(outcomes))
      for (const waits of [true, false]) {
        await social.signIn('acme', { returnTo: PAGE })
        const back = new URL(new URL(window.location.href).searchParams.get('return_to') ?? '')
        if (!waits) back.searchParams.set('lk_attempt', 'of-somebody')
        back.searchParams.set(...outcome)
        window.location.href = back.href
        ends.push(await social.complete().catch(({ code }) => code))
        expect(window.location.href).toBe(PAGE)
      }
    expect(ends).toEqual(['token_not_valid', null, { purpose: 'sign_in', error: 'access_denied' }, null])
    window.location.href = `${PAGE}&lk_attempt=one&code=${outcomes.code}`
    window.sessionStorage.getItem = () => {
      throw new DOMException('The user denied it.', 'SecurityError')
    }
    await expect(social.complete()).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(window.location.href).toBe(PAGE)
  })

  test('what the provider says in place of a code is told', async () => {
    const { social, window } = openTab()
    await social.signIn('acme', { returnTo: PAGE })
    const back = new URL(new URL(window.location.href).searchParams.get('return_to') ?? '')
    back.searchParams.set('error', 'access_denied')
    window.location.href = back.href
    expect(await social.complete()).toEqual({ purpose: 'sign_in', error: 'access_denied' })
    expect(window.location.href).toBe(PAGE)
  })

  test('accounts are connected, confirm that it is you, sign in, and are disconnected', async () => {
    const { client, social, comeBack } = openTab()
    const person = newPerson()
    const form = { email: `own-${person.email}`, password1: PASSWORD, password2: PASSWORD }
    await client.register({ ...form, first_name: 'Ada', last_name: 'Lovelace' })
    await social.connect('acme', { returnTo: PAGE })
    await comeBack(person)
    const connected = await social.complete()
    expect(connected).toMatchObject({ purpose: 'connect', account: { provider: 'acme', uid: person.sub } })
    await social.reauthenticate('acme', { returnTo: PAGE })
    await comeBack(person)
    expect(await social.complete()).toEqual({ purpose: 'reauthenticate' })
    const [account] = await social.accounts()
    if (!account) throw new Error('Nothing is connected.')
    await social.disconnect({ id: account.id })
    expect(await social.accounts()).toEqual([])
  })

  test('a word that the client does not know is told as one, and the search of the page stays', async () => {
    const { social, window } = openTab()
    await social.signIn('acme', { returnTo: `${PAGE}#part` })
    const back = new URL(new URL(window.location.href).searchParams.get('return_to') ?? '')
    expect(back.hash).toBe('')
    back.searchParams.set('error', 'invented_tomorrow')
    window.location.href = back.href
    expect(await social.complete()).toEqual({ purpose: 'sign_in', error: 'unexpected_answer' })
    expect(window.location.href).toBe(PAGE)
  })

  test('a code of another library in the address is left alone', async () => {
    const { social, window } = openTab()
    window.location.href = `${PAGE}&code=theirs&state=theirs`
    expect(await social.complete()).toBeNull()
    expect(window.location.href).toBe(`${PAGE}&code=theirs&state=theirs`)
  })

  test('the session that a redirect opens is bound, and stays so when it is confirmed', async () => {
    const { client, social, comeBack } = openTab()
    const person = newPerson()
    await social.signIn('acme', { returnTo: PAGE })
    await comeBack(person)
    expect(await social.complete()).toMatchObject({ result: { status: 'signed_in', bound: true } })
    await social.reauthenticate('acme', { returnTo: PAGE })
    await comeBack(person)
    await social.complete()
    expect(await client.session.refresh()).toMatchObject({ status: 'signed_in', bound: true })
  })

  test('a second factor is the next step, and opens the session', async () => {
    const { client, social, comeBack } = openTab()
    const { mfa } = createMfaOperations(client)
    const person = newPerson()
    await social.signIn('acme', { returnTo: PAGE })
    await comeBack(person)
    await social.complete()
    const { secret } = await mfa.setup({})
    await mfa.activate({ code: totpCode(secret, server.clock) })
    await client.logout()
    await social.signIn('acme', { returnTo: PAGE })
    await comeBack(person)
    const due = await social.complete()
    if (due?.purpose !== 'sign_in' || due.error || due.result.status !== 'second_factor_required')
      throw new Error(JSON.stringify(due))
    const code = totpCode(secret, server.clock, 1)
    await mfa.verify({ challenge_id: due.result.challengeId, code })
    expect(client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal2' })
  })

  test('a void code costs no refresh, and the session stays', async () => {
    const { client, sent, social, window, comeBack } = openTab()
    await social.signIn('acme', { returnTo: PAGE })
    await comeBack(newPerson())
    await social.complete()
    for (const way of ['connect', 'reauthenticate'] as const) {
      await social[way]('acme', { returnTo: PAGE })
      const back = new URL(new URL(window.location.href).searchParams.get('return_to') ?? '')
      back.searchParams.set('code', 'A'.repeat(43))
      window.location.href = back.href
      await expect(social.complete()).rejects.toMatchObject({ code: 'challenge_invalid', status: 400 })
    }
    const fields = { provider: 'acme', id_token: 'x.y.z' }
    await expect(social.connectWithToken(fields)).rejects.toMatchObject({
      code: 'invalid_social_token',
      status: 401,
    })
    expect(sent.filter((path) => path === '/refresh/')).toEqual([])
    expect(sent.filter((path) => path === '/social/acme/connect/token/')).toHaveLength(1)
    expect(client.session.state.status).toBe('signed_in')
  })

  test('an app without a window begins and finishes by plain data, at its own address', async () => {
    const { client, window, comeBack } = openTab()
    const native = createSocialOperations(client, {
      crypto: {
        randomBytes: (count) => new Uint8Array(randomBytes(count)),
        sha256: async (data) => new Uint8Array(createHash('sha256').update(data).digest()).buffer,
      },
    })
    const { address, ...begun } = await native.begin('acme', { returnTo: APP })
    const kept: SocialAttempt = JSON.parse(JSON.stringify(begun))
    expect(address).not.toContain(kept.verifier)
    window.location.href = address
    const person = newPerson()
    await comeBack(person)
    expect(window.location.href).toMatch(/^com\.example\.app:\/signed-in\?code=/)
    const ended = await native.finish(kept, window.location.href)
    expect(ended).toMatchObject({ purpose: 'sign_in', result: { status: 'signed_in' } })
    expect(await client.user.get()).toMatchObject({ email: person.email })
    const again = native.finish(kept, window.location.href)
    await expect(again).rejects.toMatchObject({ code: 'token_not_valid' })
    const inside = createSocialOperations(client, { publicUrl: 'https://auth.example.com/' })
    const other = await inside.begin('acme', { returnTo: APP, purpose: 'connect' })
    expect(other.address).toContain('https://auth.example.com/social/acme/start/?return_to=com.example')
    expect(await native.finish(other, `${APP}?error=access_denied`)).toEqual({
      purpose: 'connect',
      error: 'access_denied',
    })
  })

  test('tokens and codes that a provider gave to the app sign in and connect', async () => {
    const { client, social } = openTab()
    const person = newPerson()
    const id_token = await standIn.signIdToken('acme', { aud: 'acme-app', ...person })
    const fields = { provider: 'acme', id_token, client_id: 'acme-app' }
    expect(await social.signInWithToken(fields)).toMatchObject({ status: 'signed_in', bound: true })
    expect(await client.user.get()).toMatchObject({ email: person.email })
    const second = { sub: `${person.sub}-second` }
    const token = await standIn.signIdToken('acme', { aud: 'acme-app', ...second })
    expect(await social.connectWithToken({ ...fields, id_token: token })).toMatchObject({
      provider: 'acme',
      uid: second.sub,
    })
    expect(await social.accounts()).toHaveLength(2)
    const byCode = () => authorizeInApp(standIn, { ...person, sub: `${person.sub}-third` })
    expect(await social.connectWithCode(byCode())).toMatchObject({ uid: `${person.sub}-third` })
    expect(await social.signInWithCode(byCode())).toMatchObject({ status: 'signed_in', bound: true })
  })

  test('refusals have the codes of the entry', async () => {
    const { social } = openTab()
    const wrong = await standIn.signIdToken('acme', { aud: 'somebody-else', ...newPerson() })
    await expect(social.signInWithToken({ provider: 'acme', id_token: wrong })).rejects.toMatchObject({
      code: 'client_id_mismatch',
      status: 401,
    })
    await expect(social.signInWithToken({ provider: 'acme' })).rejects.toMatchObject({
      code: 'token_required',
    })
    const unvouched = await standIn.signIdToken('acme', { aud: 'acme-app', sub: 'nobody' })
    await expect(social.signInWithToken({ provider: 'acme', id_token: unvouched })).rejects.toMatchObject({
      code: 'provider_email_unverified',
    })
    const unknown = { provider: 'unknown', id_token: wrong }
    await expect(social.signInWithToken(unknown)).rejects.toMatchObject({ code: 'provider_not_configured' })
  })

  test('the last way in cannot be disconnected', async () => {
    const { social, comeBack } = openTab()
    await social.signIn('acme', { returnTo: PAGE })
    await comeBack(newPerson())
    await social.complete()
    const [account] = await social.accounts()
    const last = social.disconnect({ id: account?.id ?? '' })
    await expect(last).rejects.toMatchObject({ code: 'disconnect_not_allowed', status: 400 })
  })

  test('the providers are listed', async () => {
    const { social } = openTab()
    expect(await social.providers()).toContainEqual({ id: 'acme', name: 'acme', client_id: 'acme-web' })
  })
})

/** The person agrees at the provider to a code for the app itself, which is no redirect of the server. */
function authorizeInApp(standIn: ProviderStandIn, person: ProviderPerson) {
  const code_verifier = randomBytes(32).toString('base64url')
  const callback_url = 'https://app.example/callback'
  const url = new URL(PLACES.acme.authorization)
  url.search = new URLSearchParams({
    ...{ client_id: 'acme-web', redirect_uri: callback_url, scope: 'openid email' },
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
  }).toString()
  const code = standIn.authorize(url, person).get('code') ?? ''
  return { provider: 'acme', code, callback_url, code_verifier }
}
