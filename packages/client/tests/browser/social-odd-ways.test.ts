import { newEmail } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readState, readStates } from './setup.ts'
import { complete, leave, openApp, startWithPage, waitForReturn } from './social-setup.ts'

type Setup = Awaited<ReturnType<typeof startWithPage>>

let browser: Browser
let setup: Setup
let context: BrowserContext
let page: Page

/** The app, the server and the provider are three sites. */
const APART = { mode: 'token', appHost: 'app.localhost' } as const

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

let people = 0
function newPerson() {
  people += 1
  return { sub: `person-${people}`, email: newEmail(), email_verified: true }
}

/** Leaves the app, and waits for the page of the provider. */
async function openProvider(tab: Page, start: Parameters<typeof leave>[2] = {}): Promise<void> {
  await leave(tab, 'signIn', start)
  await tab.waitForURL((url) => url.origin === setup.page.origin)
}

async function agree(tab: Page): Promise<void> {
  await tab.getByRole('link', { name: 'Agree' }).click()
  await waitForReturn(tab)
}

const countSessions = async () => (await setup.server.database.sql`select 1 from sessions`).length
const listAttemptCookies = async () =>
  (await context.cookies()).filter(({ name }) => name.startsWith('lk-')).map(({ sameSite }) => sameSite)

describe('between three sites', () => {
  beforeAll(async () => {
    setup = await startWithPage(APART)
  })
  afterAll(() => setup?.close())
  beforeEach(async () => {
    setup.page.person = newPerson()
    context = await browser.newContext()
    page = await openApp(setup, context)
  })
  afterEach(() => context.close())

  test('two tabs that begin at once both end', async () => {
    const other = await openApp(setup, context)
    await Promise.all([openProvider(page), openProvider(other)])
    expect(await listAttemptCookies()).toEqual(['Lax', 'Lax'])
    await agree(other)
    expect(await complete(other)).toMatchObject({ result: { status: 'signed_in' } })
    await agree(page)
    expect(await complete(page)).toMatchObject({ result: { status: 'signed_in' } })
    const session = await readState(page)
    await expect.poll(() => readStates([page, other])).toEqual([session, session])
    expect(await listAttemptCookies()).toEqual([])
  })

  test('the back button after the success is a quiet no, and the session stays', async () => {
    await openProvider(page)
    await agree(page)
    const returned = page.url()
    await complete(page)
    const session = await readState(page)
    await page.goBack()
    expect(new URL(page.url()).origin).toBe(setup.page.origin)
    await page.getByRole('link', { name: 'Agree' }).click()
    await page.getByText('This sign-in is over').waitFor()
    await page.goto(returned)
    expect(await complete(page)).toBeNull()
    expect([page.url(), await readState(page)]).toEqual([setup.appUrl, session])
    expect(await countSessions()).toBeGreaterThan(0)
  })

  test('a reload of the page of return_to before its script has run signs in once', async () => {
    await openProvider(page)
    await agree(page)
    await page.reload()
    expect(await complete(page)).toMatchObject({ result: { status: 'signed_in' } })
    await page.reload()
    expect(await complete(page)).toBeNull()
    expect(await readState(page)).not.toBe('signed_out')
  })

  test('a reload of the callback ends at a page, and in the app nothing changes', async () => {
    const callbacks: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/callback/')) callbacks.push(request.url())
    })
    await openProvider(page)
    await agree(page)
    const [callback = ''] = callbacks
    const other = await context.newPage()
    const answer = await other.goto(callback)
    expect(answer?.status()).toBe(400)
    expect(await complete(page)).toMatchObject({ result: { status: 'signed_in' } })
  })

  test('a person who turns back is told so, and is not signed in', async () => {
    await openProvider(page)
    await page.getByRole('link', { name: 'Turn back' }).click()
    await waitForReturn(page)
    expect(await complete(page)).toEqual({ purpose: 'sign_in', error: 'access_denied' })
    expect([page.url(), await readState(page)]).toEqual([setup.appUrl, 'signed_out'])
  })

  test('a code of a stranger in the address signs nobody in, also where a tab waits', async () => {
    const thieves = await browser.newContext()
    const thief = await openApp(setup, thieves)
    await openProvider(thief)
    await agree(thief)
    const link = thief.url()
    await page.goto(link)
    expect(await complete(page)).toBeNull()
    expect(await readState(page)).toBe('signed_out')
    // A thief that knows the name of the attempt of the victim gets no further.
    await openProvider(page)
    const name = await readAttemptName(page)
    const planted = new URL(link)
    planted.searchParams.set('lk_attempt', name)
    await page.goto(planted.href)
    expect(await complete(page)).toEqual({ failed: 'token_not_valid' })
    expect(await readState(page)).toBe('signed_out')
    expect(await complete(thief)).toMatchObject({ result: { status: 'signed_in' } })
    await thieves.close()
  })

  test('a start by fetch or in a frame keeps no cookie and begins no attempt', async () => {
    const before = await setup.server.database.sql`select 1 from provider_attempts`
    await page.evaluate(async (baseUrl) => {
      const { address } = await tab.social.begin('acme', { returnTo: location.href })
      if (!address.startsWith(baseUrl)) throw new Error(address)
      await fetch(address, { mode: 'no-cors', credentials: 'include', redirect: 'manual' }).catch(() => {})
      const frame = document.body.appendChild(document.createElement('iframe'))
      await new Promise((done) => {
        frame.onload = done
        frame.src = address
      })
    }, setup.baseUrl)
    expect(await listAttemptCookies()).toEqual([])
    expect(await setup.server.database.sql`select 1 from provider_attempts`).toHaveLength(before.length)
  })

  test('a browser that lost its cookie, and another browser, are told so, and no code is made', async () => {
    await openProvider(page)
    const link = (await page.getByRole('link', { name: 'Agree' }).getAttribute('href')) ?? ''
    const others = await browser.newContext()
    const stranger = await others.newPage()
    expect((await stranger.goto(link))?.status()).toBe(400)
    await stranger.getByText('another browser').waitFor()
    await others.close()
    await agree(page)
    expect(await complete(page)).toMatchObject({ result: { status: 'signed_in' } })
    await page.evaluate(() => tab.client.logout())
    await openProvider(page)
    await context.clearCookies()
    await page.getByRole('link', { name: 'Agree' }).click()
    await page.getByText('another browser').waitFor()
    expect(new URL(page.url()).origin).toBe(new URL(setup.baseUrl).origin)
  })

  test('an app that is not named gets no browser back', async () => {
    await leave(page, 'signIn', { returnTo: 'https://evil.example/' })
    await page.waitForURL((url) => url.pathname.endsWith('/start/'))
    expect(await page.title()).not.toBe('Tab')
    expect(await listAttemptCookies()).toEqual([])
  })

  test('the fragment of a provider is gone with the outcome', async () => {
    await openProvider(page)
    const link = (await page.getByRole('link', { name: 'Agree' }).getAttribute('href')) ?? ''
    await page.goto(`${link}#_=_`)
    expect(new URL(page.url()).hash).toBe('#_=_')
    expect(await complete(page)).toMatchObject({ result: { status: 'signed_in' } })
    expect(page.url()).toBe(setup.appUrl)
  })

  test('a page that may not keep anything says so, and stays where it is', async () => {
    await page.addInitScript(() =>
      Object.defineProperty(globalThis, 'sessionStorage', {
        get: () => {
          throw new DOMException('The user denied it.', 'SecurityError')
        },
      }),
    )
    await page.reload()
    const code = await page.evaluate(() =>
      tab.social.signIn('acme', { returnTo: location.href }).catch((error: { code: string }) => error.code),
    )
    expect([code, page.url()]).toEqual(['storage_unavailable', setup.appUrl])
  })
})

describe('a provider that posts its answer from its own site', () => {
  beforeAll(async () => {
    setup = await startWithPage(APART, 'apple')
  })
  afterAll(() => setup?.close())

  test('the post has no cookie, the navigation after it has one, and the names are kept', async () => {
    setup.page.person = { ...newPerson(), email_verified: 'true', nonce_supported: true }
    context = await browser.newContext()
    page = await openApp(setup, context)
    const callbacks: Request[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/callback/')) callbacks.push(request)
    })
    await openProvider(page, { provider: 'apple' })
    await page.getByRole('button', { name: 'Agree by post' }).click()
    await waitForReturn(page)
    const seen = await Promise.all(
      callbacks.map(async (request) => {
        const { cookie = '' } = await request.allHeaders()
        return [request.method(), /\blk-[\w-]{8}=/.test(cookie)]
      }),
    )
    expect(seen).toEqual([
      ['POST', false],
      ['GET', true],
    ])
    expect(await complete(page)).toMatchObject({ result: { status: 'signed_in' } })
    const user = await page.evaluate(() => tab.client.user.get())
    expect(user).toMatchObject({ first_name: 'Grace', last_name: 'Hopper' })
    await context.close()
  })
})

/** The name of the attempt that a tab waits for, in the address that the server knows. */
async function readAttemptName(tab: Page): Promise<string> {
  await tab.goto(setup.appUrl)
  const [kept = '[]'] = await tab.evaluate(() => Object.values<string>(sessionStorage))
  return JSON.parse(kept).at(-1)?.name ?? ''
}
