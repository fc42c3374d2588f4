import { createSign, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createClient,
  type KeyStore,
  type LatchkeyClient,
  memoryStorage,
  type PublicKey,
} from '@latchkey/client'
import {
  createProviderStandIn,
  describeProviders,
  newEmail,
  PASSWORD,
  type ProviderStandIn,
} from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { loadConfig } from '../../../apps/server/src/process/config/index.ts'
import { openBrowser } from '../../../apps/server/tests/social/redirect-browser.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { runBundle } from '../src/bundle.ts'
import { readSnippets, readVariables } from '../src/deployment.ts'
import { openDom, press } from '../src/dom.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'

interface Mobile {
  followLink(url: string): Promise<unknown>
  setNewPassword(token: string, password: string): Promise<void>
  listenToLinks(show: (target: unknown) => void, fail: (error: unknown) => void): () => void
  createKeyStore(native: ReturnType<typeof createNativeKeys>['native']): KeyStore
  continueWith(provider: string): Promise<unknown>
  signInWithToken(fields: object): Promise<unknown>
  render(): void
  client: LatchkeyClient
}

type Opened = { type: 'success'; url: string } | { type: 'cancel' | 'dismiss' }

/** The functions of the fake device. */
interface Device {
  openLink(url: string): void
  setAppState(state: 'active' | 'background'): void
  playSignInBrowser(play: (address: string, returnTo: string) => Promise<Opened>): void
}

let server: TestServer
let standIn: ProviderStandIn
let app: Mobile
const device = globalThis as unknown as Device

beforeAll(async () => {
  standIn = await createProviderStandIn()
  server = await startTestServer({
    settings: { emailVerification: 'mandatory' },
    mail: true,
    core: {
      providerSettings: describeProviders({ acme: { emailDomains: ['acme.example'] } }),
      providerFetch: standIn.fetch,
      config: { providerReturnUrls: await readReturnUrls() },
    },
  })
  const edit = (code: string) => code.replaceAll('http://localhost:3000', server.url)
  const folder = await writeFiles('mobile', { folder: 'mobile', edit })
  // A phone loads the app once and shows it.
  const phone = `
    import { createElement } from 'react'
    import { createRoot } from 'react-dom/client'
    import { App } from './app'
    export * from './auth'
    export * from './key-store'
    export * from './links'
    export * from './social'
    export const render = () => createRoot(document.getElementById('root')).render(createElement(App))`
  await writeFile(join(folder, 'phone.js'), phone)
  app = await runBundle<Mobile>(join(folder, 'phone.js'))
})
afterEach(() => vi.unstubAllGlobals())
afterAll(() => server?.close())

/** Reads the addresses to come back to, as a server reads the settings of the page. */
async function readReturnUrls(): Promise<string[]> {
  const page = await readSnippets('mobile')
  const { config } = loadConfig(readVariables(page.read('latchkey.env')))
  await page.close()
  return config.providerReturnUrls
}

/** Plays the browser of the system: its person agrees at the provider, or turns back there. */
async function playBrowser(address: string, returnTo: string, agrees: boolean): Promise<Opened> {
  const browser = openBrowser(server)
  const { pathname, search } = new URL(address)
  const provider = new URL((await browser.open(pathname + search)).headers.get('location') ?? '')
  const person = { sub: 'ada', email: 'ada@acme.example', email_verified: true, given_name: 'Ada' }
  const denied = { error: 'access_denied', state: provider.searchParams.get('state') ?? '' }
  const query = agrees ? standIn.authorize(provider, person) : new URLSearchParams(denied)
  const back = await browser.open(`/social/acme/callback/?${query}`)
  const url = back.headers.get('location') ?? ''
  expect(url.startsWith(`${returnTo}?`)).toBe(true)
  return { type: 'success', url }
}

/** Signs up a user and does not follow the mailed link. */
async function signUp(): Promise<string> {
  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await app.client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  return email
}

/** Creates what a native module offers: keys that stay in it, and signatures in DER. */
function createNativeKeys() {
  const keys = new Map<string, KeyPairKeyObjectResult>()
  const publicKeyOf = (name: string) =>
    keys.get(name)?.publicKey.export({ format: 'jwk' }) as PublicKey | undefined
  const native = {
    find: async (name: string) => publicKeyOf(name) ?? null,
    make: async (name: string) => {
      keys.set(name, generateKeyPairSync('ec', { namedCurve: 'P-256' }))
      return publicKeyOf(name) as PublicKey
    },
    sign: async (name: string, data: Uint8Array) =>
      createSign('sha256')
        .update(data)
        .sign(keys.get(name)?.privateKey as never),
    remove: async (name: string) => void keys.delete(name),
  }
  return { keys, native }
}

it('the key store of the app binds a session to a key of the phone, and the sign-out removes the key', async () => {
  const email = await signUp()
  await app.followLink((await server.mailbox.next(email, 'confirm-registration')).link)
  const { keys, native } = createNativeKeys()
  const storage = memoryStorage()
  const keyStore = app.createKeyStore(native)
  const open = () => createClient({ baseUrl: server.url, storage, keyStore })
  const client = open()
  expect(await client.login({ email, password: PASSWORD })).toMatchObject({
    status: 'signed_in',
    bound: true,
  })
  expect(await open().session.refresh()).toMatchObject({ status: 'signed_in', bound: true })
  expect(keys.size).toBe(1)
  await client.logout()
  await expect.poll(() => keys.size).toBe(0)
})

it('the mobile app keeps its session in the keychain and follows mailed links', async () => {
  expect(await app.client.session.ready()).toEqual({ status: 'signed_out' })
  const email = await signUp()
  const { link: confirmation } = await server.mailbox.next(email, 'confirm-registration')
  expect(await app.followLink(confirmation)).toBe('verified')
  await app.client.login({ email, password: PASSWORD })
  expect(await app.client.user.get()).toMatchObject({ first_name: 'Ada' })
  await app.client.logout()

  await app.client.password.requestReset({ email })
  const shown: unknown[] = []
  const keep = (result: unknown) => shown.push(result)
  const stop = app.listenToLinks(keep, keep)
  const { link, secret } = await server.mailbox.next(email, 'reset-password')
  device.openLink(link)
  await expect.poll(() => shown).toEqual([{ resetToken: secret }])
  stop()
  await expect(app.setNewPassword(secret, '12345')).rejects.toMatchObject({ code: 'invalid' })
  await app.setNewPassword(secret, 'another long phrase')
  expect(app.client.session.state.status).toBe('signed_in')
  await expect(app.followLink(`${server.url}/registration/verification/${secret}/`)).rejects.toMatchObject({
    code: 'not_found',
  })
  await app.client.logout()
})

it('the screens sign in and out, and load changes when the app returns to the foreground', async () => {
  const email = await signUp()
  await app.followLink((await server.mailbox.next(email, 'confirm-registration')).link)
  const window = openDom()
  const shows = (text: string) => expect.poll(() => window.document.body.textContent).toContain(text)
  const type = async (placeholder: string, value: string) => {
    const input = window.document.querySelector(`[placeholder=${placeholder}]`)
    Object.assign(input ?? {}, { value })
    input?.dispatchEvent(new window.Event('input', { bubbles: true }))
    await expect.poll(() => input?.getAttribute('value')).toBe(value)
  }
  app.render()
  await shows('Sign in')
  await type('Email', email)
  await type('Password', 'wrong')
  press(window, 'Sign in')
  await shows('The email address or the password is not right.')
  await type('Password', PASSWORD)
  press(window, 'Sign in')
  await shows('Hello Ada')

  device.setAppState('background')
  await app.client.user.update({ first_name: 'Augusta' })
  await server.database.sql`update users set first_name = 'Ada King' where email = ${email}`
  device.setAppState('active')
  await shows('Hello Ada King')
  device.setAppState('background')
  await server.database.sql`delete from sessions`
  device.setAppState('active')
  await shows('Sign in')
  await type('Email', email)
  await type('Password', PASSWORD)
  press(window, 'Sign in')
  await shows('Hello Ada King')
  const { fetch: reach } = globalThis
  vi.stubGlobal('fetch', async (...[input, init]: Parameters<typeof fetch>) => {
    if (String(input).endsWith('/logout/')) throw new TypeError('Network request failed')
    return reach(input, init)
  })
  press(window, 'Sign out')
  await shows('You are signed out here, but the server could not be told.')
})

it('a provider signs in through the browser of the system, which ends at the address of the app', async () => {
  expect(await app.continueWith('acme')).toBeNull()
  device.playSignInBrowser((address, returnTo) => playBrowser(address, returnTo, false))
  expect(await app.continueWith('acme')).toBeNull()
  device.playSignInBrowser((address, returnTo) => playBrowser(address, returnTo, true))
  expect(await app.continueWith('acme')).toMatchObject({ status: 'signed_in' })
  expect(await app.client.user.get()).toMatchObject({ email: 'ada@acme.example', first_name: 'Ada' })
  await app.client.logout()
})

it('the token of a native dialog signs in, with the name that Apple tells once', async () => {
  const claims = {
    sub: '001',
    email: 'x@privaterelay.appleid.com',
    email_verified: 'true',
    nonce: 'of the dialog',
  }
  const id_token = await standIn.signIdToken('apple', { aud: 'apple-app', ...claims })
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const fields = { provider: 'apple', id_token, nonce: 'of the dialog', ...names }
  expect(await app.signInWithToken(fields)).toMatchObject({ status: 'signed_in' })
  expect(await app.client.user.get()).toMatchObject(names)
  await app.client.logout()
})

it('every block for this test was run', () => expectRun('mobile.test.ts'))
