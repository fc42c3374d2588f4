import { createProviderStandIn, describeProviders, type ProviderPerson } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../../../apps/server/tests/social/redirect-browser.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { cookieMode } from '../src/cookie/index.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { createSocialOperations } from '../src/social/index.ts'
import { createCookieJar } from './support/cookie-jar.ts'

const PASSWORD = 'a long enough phrase'
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
        config: { providerReturnUrls: ['https://app.example/signed-in'] },
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
    const { fetch } = createCookieJar()
    const ways = mode === 'cookie' ? { mode: cookieMode, fetch } : {}
    const client = createClient({ baseUrl: server.url, storage: memoryStorage(), ...ways })
    const browser = openBrowser(server)
    const kept = new Map<string, string>()
    const window = {
      sessionStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
      },
      location: {
        href: PAGE,
        assign: (address: string) => {
          window.location.href = address
        },
      },
      history: {
        state: null,
        replaceState: (_state: unknown, _unused: string, address: string) => {
          window.location.href = address
        },
      },
    }
    /** The person agrees at the provider, and the browser comes back to the app. */
    async function comeBack(person: ProviderPerson) {
      const start = new URL(window.location.href)
      const sent = await browser.open(start.pathname + start.search)
      const query = standIn.authorize(new URL(sent.headers.get('location') ?? ''), person)
      const back = await browser.open(`/social/acme/callback/?${query}`)
      window.location.href = back.headers.get('location') ?? ''
    }
    return { client, social: createSocialOperations(client, { window }), window, kept, comeBack }
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

  test('the providers are listed', async () => {
    const { social } = openTab()
    expect(await social.providers()).toContainEqual({ id: 'acme', name: 'acme', client_id: 'acme-web' })
  })
})
