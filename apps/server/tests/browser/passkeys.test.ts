import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PASSWORD, readClaims, signUp } from '@latchkey/testkit'
import { type Authenticator, addAuthenticator, launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rest } from '../passkeys/doors.ts'
import { accessOf, askCreation, halfLogin, type Options, optionsOf } from '../passkeys/keys.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

/** A plain page, and with a query a page with a frame of the plain one. */
function answerPage(target: string): string {
  const frame = new URL(target, 'http://localhost').searchParams
  const src = frame.get('src')
  return `<!doctype html><title>A page</title>${src ? `<iframe src="${src}" allow="${frame.get('allow') ?? ''}"></iframe>` : ''}`
}

let browser: Browser
let site: Server
let origin: string
let stranger: string
let server: TestServer
let page: Page
let device: Authenticator
beforeAll(async () => {
  site = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(answerPage(request.url ?? '/'))
  })
  await new Promise<void>((done) => void site.listen(0, '127.0.0.1', done))
  const { port } = site.address() as AddressInfo
  origin = `http://localhost:${port}`
  stranger = `http://127.0.0.1:${port}`
  const settings = { passkeyOrigins: [origin], publicUrl: origin }
  ;[browser, server] = await Promise.all([launchBrowser(), startTestServer({ settings })])
})
beforeEach(async () => {
  page = await (await browser.newContext()).newPage()
  device = await addAuthenticator(page)
  await page.goto(origin)
})
afterEach(() => page.context().close())
afterAll(async () => {
  await browser?.close()
  site?.close()
  await server?.close()
})

type Where = Page | Frame

/** Calls the browser's own function with our options, and returns what its page would send. */
function ceremony(where: Where, kind: 'create' | 'get', options: Options): Promise<Record<string, unknown>> {
  const parse = kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'
  return where.evaluate(`navigator.credentials
    .${kind}({ publicKey: PublicKeyCredential.${parse}(${JSON.stringify(options)}) })
    .then((made) => made.toJSON())`)
}

async function askSignIn(): Promise<Options> {
  return optionsOf(await rest(server.url, 'passkeys.signInOptions'))
}

/** Signs a user up, and adds the passkey that the browser makes. */
async function addPasskey() {
  const person = await signUp(server.ctx)
  const token = person.tokens.access
  const credential = await ceremony(page, 'create', await askCreation(server, { token }))
  const added = await rest(server.url, 'passkeys.register', { token, input: { credential } })
  return { ...person, token, added }
}

async function signIn(where: Where, options?: Options) {
  const credential = await ceremony(where, 'get', options ?? (await askSignIn()))
  return rest(server.url, 'passkeys.signIn', { input: { credential } })
}

describe('Chromium with an authenticator', () => {
  it('adds a passkey, and signs in without a name', async () => {
    const { added, userId } = await addPasskey()
    expect(added).toMatchObject({ status: 201, body: { name: expect.stringMatching(/.+/) } })
    expect(await device.list()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }])
    const entered = await signIn(page)
    expect(entered.status).toBe(200)
    expect(readClaims(accessOf(entered))).toMatchObject({ sub: userId, acr: 'aal2' })
  })

  it('makes no second passkey for the same account', async () => {
    const { token } = await addPasskey()
    const again = ceremony(page, 'create', await askCreation(server, { token }))
    await expect(again).rejects.toThrow(/InvalidStateError/)
  })

  it('completes a sign-in with the password, and confirms a step-up', async () => {
    const { email, token } = await addPasskey()
    expect((await rest(server.url, 'mfa.enable', { token })).ok).toBe(true)
    const { challenge_id, passkey_options } = await halfLogin(server, { email, password: PASSWORD })
    const credential = await ceremony(page, 'get', passkey_options)
    const second = await rest(server.url, 'mfa.verifyPasskey', { input: { challenge_id, credential } })
    const opened = accessOf(second)
    expect(readClaims(opened)).toMatchObject({ acr: 'aal2', amr: ['pwd', expect.any(String), 'user', 'mfa'] })
    const options = optionsOf(await rest(server.url, 'auth.reauthenticateOptions', { token: opened }))
    const input = { credential: await ceremony(page, 'get', options) }
    expect((await rest(server.url, 'auth.reauthenticate', { token: opened, input })).ok).toBe(true)
  })

  it('is refused when the page lowers the options, and the user is not verified', async () => {
    await addPasskey()
    await device.setVerified(false)
    const lowered = { ...(await askSignIn()), userVerification: 'discouraged' }
    const refused = { status: 401, body: { code: 'incorrect_credentials' } }
    expect(await signIn(page, lowered)).toMatchObject(refused)
  })

  it('after the passkey was removed is told that it is unknown', async () => {
    const { token, added } = await addPasskey()
    await rest(server.url, 'passkeys.delete', { token, input: { id: added.body.id } })
    expect(await signIn(page)).toMatchObject({ status: 401, body: { code: 'unknown_passkey' } })
  })
})

describe('a frame in a page of another site', () => {
  async function openFrame(allow: string): Promise<Frame> {
    await page.goto(`${stranger}/?${new URLSearchParams({ src: origin, allow })}`)
    const frame = page.frames().find((one) => one.url().startsWith(origin))
    if (!frame) throw new Error('The frame is not there.')
    return frame
  }

  it('is refused by the browser', async () => {
    await addPasskey()
    await expect(signIn(await openFrame(''))).rejects.toThrow(/NotAllowedError/)
  })

  it('that the site allows to use passkeys is refused by the server', async () => {
    await addPasskey()
    const options = await askSignIn()
    const frame = await openFrame('publickey-credentials-get *')
    const credential = await ceremony(frame, 'get', options)
    const { clientDataJSON } = credential.response as { clientDataJSON: string }
    const said = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())
    expect(said).toMatchObject({ origin, crossOrigin: true })
    const answer = await rest(server.url, 'passkeys.signIn', { input: { credential } })
    expect(answer).toMatchObject({ status: 401, body: { code: 'incorrect_credentials' } })
  })
})
