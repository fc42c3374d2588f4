import { newEmail, PASSWORD } from '@latchkey/testkit'
import type { TestServer } from '../../../../apps/server/tests/test-server.ts'
import { createServerAuth, type ServerAuth, type ServerAuthOptions } from '../../src/ssr/index.ts'
import { type Browser, createBrowser } from './place.ts'

/** The address of the app in the browser. */
export const APP_URL = 'https://app.example.com'

/** An app before a real auth server, and what it asked there. */
export interface TestApp {
  auth: ServerAuth
  /** `POST /refresh/`, for each request that was sent. */
  asked: string[]
  /** Answers the next requests in place of the auth server, where it returns a response. */
  override: ((path: string) => Promise<Response> | Response | undefined) | null
}

/** Creates one process of an app. */
export function createApp(server: TestServer, options: Partial<ServerAuthOptions> = {}): TestApp {
  const app: TestApp = {
    asked: [],
    override: null,
    auth: createServerAuth({
      baseUrl: server.url,
      issuer: 'http://localhost:3000',
      appUrl: APP_URL,
      ...options,
      fetch: async (input, init) => {
        const request = new Request(input, init)
        const { pathname } = new URL(request.url)
        app.asked.push(`${request.method} ${pathname}`)
        return (await app.override?.(pathname)) ?? fetch(request)
      },
    }),
  }
  return app
}

/** An app that soon gives up an auth server that is down. A busy machine may not sign up in this time. */
export const IMPATIENT = { timeoutSeconds: 1 }

/** A new user, signed up in a browser through the app. */
export async function signUpAt({ auth }: TestApp): Promise<{ browser: Browser; email: string }> {
  const browser = createBrowser()
  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await auth
    .clientFor({ cookies: browser })
    .register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  return { browser, email }
}

const NAME = '__Host-latchkey'

/** Lets the access token in the cookie count as one that was asked for hours ago. */
export function age(browser: Browser): void {
  const value = browser.jar.get(NAME) ?? ''
  browser.jar.set(
    NAME,
    value.replace(/\d{13}/, (sentAt) => String(Number(sentAt) - 7_200_000)),
  )
}

/** Puts another access token into the cookie. */
export function putAccess(browser: Browser, access: string): void {
  const value = browser.jar.get(NAME) ?? ''
  browser.jar.set(NAME, value.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/, access))
}

/** The next request of a browser. */
export function visit(browser: Browser, headers: Record<string, string> = {}): Request {
  return new Request(`${APP_URL}/account`, { headers: { Cookie: browser.header(), ...headers } })
}
