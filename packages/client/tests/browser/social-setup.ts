import {
  createProviderStandIn,
  describeProvider,
  describeProviders,
  newEmail,
  type OidcClaims,
  type ProviderStandIn,
  startOidcServer,
} from '@latchkey/testkit'
import type { BrowserContext, Page } from 'playwright-core'
import { startTestServer, type TestServer } from '../../../../apps/server/tests/test-server.ts'
import type { SocialResult, SocialStart } from '../../src/social/index.ts'
import { type ProviderPage, startProviderPage } from './provider-page.ts'
import { startProxy, type TestProxy } from './proxy.ts'
import { PATIENCE_SECONDS } from './setup.ts'

/** Where the app of a test is, seen from the server. */
export interface Layout {
  mode: 'token' | 'cookie'
  /** The host of the app, with a port of its own; null: the server's origin. */
  appHost: string | null
  /** The path of the server. */
  basePath?: string
  /** The option of the client; its default unless given. */
  bound?: boolean
}

/** A server that people sign in to with a provider on another site, and an app. */
export interface SocialSetup {
  server: TestServer
  /** The address of the server, and of its operations. */
  baseUrl: string
  /** The page of the app. */
  appUrl: string
  close(): Promise<void>
}

/** The server's host. The hosts below `localhost` are sites of their own, and browsers trust them as this machine. */
const SERVER_HOST = 'auth.localhost'

async function start(
  layout: Layout,
  core: Parameters<typeof startTestServer>[0] & object,
  proxies: { own: TestProxy; other: TestProxy | null },
): Promise<SocialSetup> {
  const { mode, appHost, basePath = '' } = layout
  const { own, other } = proxies
  const named = (proxy: TestProxy, host: string) => proxy.url.replace('127.0.0.1', host)
  const serverOrigin = named(own, SERVER_HOST)
  const baseUrl = serverOrigin + basePath
  const appOrigin = other && appHost ? named(other, appHost) : serverOrigin
  const server = await startTestServer({
    ...core,
    settings: { publicUrl: baseUrl, basePath },
    app: {
      corsOrigins: appOrigin === serverOrigin ? [] : [appOrigin],
      ...(mode === 'cookie' && { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } }),
    },
    core: {
      ...core.core,
      config: { linkBaseUrl: baseUrl, providerReturnUrls: [`${appOrigin}/tab`] },
    },
  })
  own.upstream = server.url
  const query = new URLSearchParams({ mode, grace: '30', base: baseUrl, timeout: String(PATIENCE_SECONDS) })
  if (layout.bound !== undefined) query.set('bound', String(layout.bound))
  return {
    server,
    baseUrl,
    appUrl: `${appOrigin}/tab?${query}`,
    close: async () => {
      await Promise.all([own.close(), other?.close()])
      await server.close()
    },
  }
}

async function startProxies({ appHost }: Layout) {
  return { own: await startProxy(), other: appHost === null ? null : await startProxy() }
}

/** Starts a server with `oidc-provider` as its provider `acme`, which signs in at once. */
export async function startWithOidc(layout: Layout): Promise<SocialSetup & { addPerson(): Person }> {
  const proxies = await startProxies(layout)
  const people: Record<string, OidcClaims> = { nobody: {} }
  const { port } = new URL(proxies.own.url)
  const callback = `http://${SERVER_HOST}:${port}${layout.basePath ?? ''}/social/acme/callback/`
  const oidc = await startOidcServer({ redirectUris: [callback], people })
  const { issuer, clientId, clientSecret } = oidc
  const acme = describeProvider('acme', {
    ...{ issuer, clientSecret, clientIds: [clientId] },
    emailDomains: ['*'],
  })
  const providerSettings = { providers: [acme], callbackUrls: [], allowInsecureRequests: true }
  const setup = await start(layout, { core: { providerSettings } }, proxies)
  return {
    ...setup,
    addPerson: () => {
      const person = { sub: `person-${Object.keys(people).length}`, email: newEmail() }
      people[person.sub] = { email: person.email, email_verified: true, given_name: 'Ada' }
      return person
    },
    close: async () => {
      await setup.close()
      await oidc.close()
    },
  }
}

/** A person at the provider. */
export interface Person {
  sub: string
  email: string
}

/** Starts a server whose provider has a page, on which the person chooses an answer. */
export async function startWithPage(
  layout: Layout,
  provider: 'acme' | 'apple' = 'acme',
): Promise<SocialSetup & { page: ProviderPage; standIn: ProviderStandIn }> {
  const standIn = await createProviderStandIn()
  const page = await startProviderPage(standIn, provider)
  const providerSettings = {
    ...describeProviders({ acme: { emailDomains: ['*'] } }),
    allowInsecureRequests: true,
  }
  const core = { core: { providerSettings, providerFetch: standIn.fetch } }
  const setup = await start(layout, core, await startProxies(layout))
  return {
    ...setup,
    page,
    standIn,
    close: async () => {
      await setup.close()
      await page.close()
    },
  }
}

/** Opens the app in a new tab. */
export async function openApp({ appUrl }: SocialSetup, context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(appUrl)
  return page
}

type Departure = 'signIn' | 'connect' | 'reauthenticate'

/** Leaves the app for the provider, as a press of a button does. It does not wait for the next page. */
export function leave(
  page: Page,
  how: Departure,
  { provider = 'acme', ...start }: Partial<SocialStart> & { provider?: string } = {},
): Promise<void> {
  return page.evaluate(
    ([way, id, given]) => {
      void tab.social[way](id, { returnTo: location.href, ...given })
    },
    [how, provider, start] as const,
  )
}

/** Waits until the browser is back in the app. */
export function waitForReturn(page: Page): Promise<void> {
  return page.waitForURL(({ pathname, searchParams }) => {
    const isOutcome = searchParams.has('code') || searchParams.has('error')
    return pathname === '/tab' && isOutcome
  })
}

/** Does what the page of `returnTo` does, and gives the result or the code of the failure. */
export function complete(page: Page): Promise<SocialResult | null | { failed: string }> {
  return page.evaluate(() =>
    tab.social.complete().catch((error: { code: string }) => ({ failed: error.code })),
  )
}

/** Leaves for a provider that answers at once, comes back and ends it. */
export async function goThrough(page: Page, how: Departure, start: Partial<SocialStart> = {}) {
  await leave(page, how, start)
  await waitForReturn(page)
  return complete(page)
}
