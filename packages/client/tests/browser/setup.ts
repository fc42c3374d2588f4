import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, findFreePort, newEmail, PASSWORD } from '@latchkey/testkit'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { runServer, waitForAddress } from '../../../../apps/server/tests/run-server.ts'
import type { MODES } from '../support/modes.ts'
import { startProxy, type TestProxy } from './proxy.ts'

/** Short, so that a test can wait for its end; long enough for a slow machine to deliver a late answer within it. */
export const GRACE_SECONDS = 16
/** The lifetime of an access token. */
export const ACCESS_SECONDS = 5
/** How long a client waits where no answer is lost. Ten tabs of a starved machine need longer than its default of ten seconds. */
export const PATIENCE_SECONDS = 120

type Mode = (typeof MODES)[number]

/** A server in its own process, behind a proxy that the test controls. */
export interface TestSetup {
  proxy: TestProxy
  mode: Mode
  /** The option `bound` of the client; its default unless given. */
  bound?: boolean
  /** The option of the client; its default unless given. */
  timeoutSeconds?: number
  /** Serves the page from another origin than the server's; unless given, the proxy does. */
  otherOrigin?: TestProxy
  close(): Promise<void>
}

/** Starts a server in one of the modes, behind a proxy. */
export async function startSetup(mode: Mode): Promise<TestSetup> {
  const [proxy, database] = await Promise.all([startProxy(), createTestDatabase()])
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-tabs-'))
  const port = await findFreePort()
  const off = { THROTTLE_ANON: 'off', THROTTLE_USER: 'off', THROTTLE_REFRESH: 'off', THROTTLE_LOGIN: 'off' }
  const server = runServer({
    ...off,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: proxy.url,
    ACCESS_TOKEN_LIFETIME: `${ACCESS_SECONDS}s`,
    REFRESH_GRACE: `${GRACE_SECONDS}s`,
    REFRESH_TOKEN_AS_COOKIE: String(mode === 'cookie'),
  })
  await waitForAddress(server)
  proxy.upstream = `http://127.0.0.1:${port}`
  const close = async () => {
    await proxy.close()
    server.process.kill('SIGTERM')
    await server.exit
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { proxy, mode, close }
}

/** Opens tabs of one browser. */
export function openTabs(setup: TestSetup, context: BrowserContext, count: number): Promise<Page[]> {
  const url = tabUrl(setup)
  return Promise.all(
    Array.from({ length: count }, async () => {
      const page = await context.newPage()
      await page.goto(url)
      return page
    }),
  )
}

/** The URL of the page of a tab. */
export function tabUrl({ proxy, mode, bound, timeoutSeconds, otherOrigin = proxy }: TestSetup): string {
  const settings = new URLSearchParams({ mode, grace: String(GRACE_SECONDS), base: proxy.url })
  if (bound !== undefined) settings.set('bound', String(bound))
  if (timeoutSeconds !== undefined) settings.set('timeout', String(timeoutSeconds))
  return `${otherOrigin.url}/tab?${settings}`
}

/** Signs a new user up in a tab; returns the address. */
export async function signUp(page: Page): Promise<string> {
  const form = { email: newEmail(), password1: PASSWORD, password2: PASSWORD }
  await page.evaluate(
    (person) => tab.client.register({ ...person, first_name: 'Ada', last_name: 'Lovelace' }),
    form,
  )
  return form.email
}

/** Signs in as a user in a tab. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.evaluate((person) => tab.client.login(person).then(() => {}), { email, password: PASSWORD })
}

/** Reads the state of a tab: the id of the session, or the status. */
export function readState(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { state } = tab.client.session
    return state.status === 'signed_in' ? state.sessionId : state.status
  })
}

/** Reads the state of every tab. */
export function readStates(pages: Page[]): Promise<string[]> {
  return Promise.all(pages.map(readState))
}

/**
 * Waits until the tabs of a browser read the same in their storage.
 *
 * A tab reads what another one wrote a moment later. A step of the clock would make that moment longer than the grace.
 */
export async function waitForSameStorage(pages: Page[]): Promise<void> {
  const read = (page: Page) =>
    page.evaluate(() => {
      const keys = Array.from(localStorage, (_, index) => localStorage.key(index) ?? '')
      return JSON.stringify(keys.sort().map((key) => [key, localStorage.getItem(key)]))
    })
  await expect.poll(async () => new Set(await Promise.all(pages.map(read))).size).toBe(1)
}

/** Reads the refresh token of a tab, as a thief would. */
export async function stealRefreshToken({ mode }: TestSetup, page: Page): Promise<string> {
  if (mode === 'token') {
    const item = await page.evaluate(() => localStorage.getItem(`latchkey:${tab.client.baseUrl}`))
    return JSON.parse(String(item)).refresh
  }
  const cookies = await page.context().cookies()
  return cookies.find(({ name }) => name === 'refresh_token')?.value ?? ''
}

/** Refreshes with a copy of the token; returns the HTTP status. */
export async function refreshWith({ proxy, mode }: TestSetup, refresh: string): Promise<number> {
  const cookie = mode === 'cookie' ? { Cookie: `refresh_token=${refresh}` } : undefined
  const headers = { 'Content-Type': 'application/json', ...cookie }
  const body = JSON.stringify(cookie ? {} : { refresh })
  return (await fetch(`${proxy.upstream}/refresh/`, { method: 'POST', headers, body })).status
}
