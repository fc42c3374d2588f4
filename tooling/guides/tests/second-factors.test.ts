import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import type {
  LatchkeyClient,
  ProofMethod,
  SecondFactorRequired,
  SecondFactorSetupRequired,
  SignedIn,
  SignInResult,
} from '@latchkey/client'
import { findFreePort, newEmail, PASSWORD, softAuthenticator, totpCode } from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { stubBrowser } from '../../../packages/client/tests/support/soft-browser.ts'
import { runBundle } from '../src/bundle.ts'
import { readBlocks, writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'

type Call<Answer, Given extends unknown[]> = (...given: Given) => Promise<Answer>

/** The files of the page in one program. */
interface App {
  client: LatchkeyClient
  fetchAsUser: typeof fetch
  payOut(): Promise<void>
  getQuestion(): { methods: readonly ProofMethod[]; cancel(): void } | null
  prove(method: ProofMethod, text?: string): Promise<void>
  signInByPassword: Call<SignInResult, [email: string, password: string]>
  takeStepByPasskey: Call<SignedIn, [SecondFactorRequired]>
  takeStepByCode: Call<SignedIn, [SecondFactorRequired, code: string]>
  takeStepByRecoveryCode: Call<SignedIn, [SecondFactorRequired, code: string]>
  beginSetUp: Call<{ secret: string; qr_code: string }, [SecondFactorSetupRequired]>
  endSetUp: Call<string[], [SecondFactorSetupRequired, code: string]>
  setUpPasskey: Call<string[], [SecondFactorSetupRequired]>
  signInByPasskey: Call<SignedIn, []>
  offerPasskeys: Call<SignedIn | null, [AbortSignal]>
  load: Call<{ isOn: boolean; codesLeft: number; passkeys: { id: string; name: string }[] }, []>
  beginApp: Call<{ secret: string }, []>
  endApp: Call<{ recovery_codes?: string[] }, [code: string]>
  addPasskey: Call<{ id: string }, [name: string]>
  renamePasskey: Call<{ name: string }, [id: string, name: string]>
  removePasskey: Call<void, [id: string]>
  askForPasskey: Call<{ recovery_codes?: string[] }, []>
  makeNewCodes: Call<{ recovery_codes: string[] }, []>
  turnOff: Call<{ success: true }, [password: string]>
}

const ISSUER = "issuer: 'http://localhost:3000'"
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const FILES = ['auth', 'dialog', 'prove', 'sign-in', 'security-page', 'app']

let auth: TestServer
let service: ServerType
let serviceUrl: string
let app: App
/** The number of seconds by which a session is older than every recent proof. */
const OLD_SECONDS = 20 * 60

beforeAll(async () => {
  auth = await startTestServer()
  const port = await findFreePort()
  serviceUrl = `http://127.0.0.1:${port}`
  const folder = await writeFiles('second-factors', { folder: 'second-factors', edit: edit(auth) })
  const { app: built } = await runBundle<{ app: { fetch(request: Request): Promise<Response> } }>(
    join(folder, 'service.ts'),
  )
  service = serve({ fetch: built.fetch, port, hostname: '127.0.0.1' })
  await once(service, 'listening')
  app = await buildApp(folder)
})
afterEach(() => {
  auth.clock.seconds = 0
  vi.unstubAllGlobals()
})
afterAll(async () => {
  service?.close()
  await auth?.close()
})

function edit({ url }: TestServer) {
  return (code: string) =>
    code
      // The tokens name the public URL, and the server of a test listens elsewhere.
      .replace(ISSUER, `${ISSUER}, jwksUrl: '${url}/.well-known/jwks.json'`)
      .replace("baseUrl: 'http://localhost:3000'", `baseUrl: '${url}'`)
      .replaceAll('http://localhost:4000', serviceUrl)
}

/** Bundles the files of the page for an app as one program. */
async function buildApp(folder: string): Promise<App> {
  const whole = FILES.map((file) => `export * from './${file}'`)
  const question = "import { question } from './dialog'\nexport const getQuestion = () => question"
  await writeFile(join(folder, 'whole.ts'), [...whole, question].join('\n'))
  return runBundle<App>(join(folder, 'whole.ts'))
}

function signUp({ client }: App, email: string) {
  return client.register({ email, password1: PASSWORD, password2: PASSWORD, ...NAMES })
}

/** Signs in as far as the second step. */
async function reachStep(email: string): Promise<SecondFactorRequired> {
  const step = await app.signInByPassword(email, PASSWORD)
  if (step.status !== 'second_factor_required') throw new Error(step.status)
  return step
}

it('an old proof is refused, the dialog asks, and the payout goes on', async () => {
  // The user has signed in twenty minutes ago. The service has the clock of this process.
  auth.clock.seconds = -OLD_SECONDS
  await signUp(app, newEmail())
  auth.clock.seconds = 0
  expect((await app.fetchAsUser(`${serviceUrl}/things`)).status).toBe(200)
  const paid = app.payOut()
  await expect.poll(() => app.getQuestion()?.methods).toEqual(['password'])
  await expect(app.prove('password', 'wrong')).rejects.toMatchObject({ code: 'invalid' })
  expect(app.client.session.state.status).toBe('signed_in')
  await app.prove('password', PASSWORD)
  await paid
})

it('the dialog of a payout asks an account without a second factor for what it has', async () => {
  stubBrowser(softAuthenticator())
  const email = newEmail()
  await signUp(app, email)
  await app.addPasskey('Phone')
  const isAskedFor = async (methods: ProofMethod[]) => {
    await auth.database.sql`update sessions set auth_time = now() - interval '1 hour'`
    await app.client.session.refresh()
    const unpaid = expect(app.payOut()).rejects.toThrow('Nothing was proven.')
    await expect.poll(() => app.getQuestion()?.methods).toEqual(methods)
    app.getQuestion()?.cancel()
    await unpaid
  }
  await isAskedFor(['passkey', 'password'])
  const [{ id = '' } = {}] = (await app.load()).passkeys
  await auth.database.sql`update users set password_hash = '' where email = ${email}`
  await isAskedFor(['passkey', 'social'])
  await auth.database.sql`delete from passkeys where id = ${id}`
  await isAskedFor(['social'])
})

it('the page of factors opens the dialog, which is closed by the person and by a sign-out', async () => {
  await signUp(app, newEmail())
  auth.clock.seconds = OLD_SECONDS
  const refused = expect(app.beginApp()).rejects.toMatchObject({ code: 'insufficient_user_authentication' })
  await expect.poll(() => app.getQuestion()?.methods).toEqual(['password'])
  app.getQuestion()?.cancel()
  await refused
  expect(app.client.session.state.status).toBe('signed_in')
  const again = expect(app.beginApp()).rejects.toMatchObject({ code: 'insufficient_user_authentication' })
  await expect.poll(() => app.getQuestion()).not.toBeNull()
  await app.client.logout()
  await again
  expect(app.getQuestion()).toBeNull()
})

it('an app is set up on the page of factors, and completes a sign-in and a proof', async () => {
  const email = newEmail()
  await signUp(app, email)
  const { secret } = await app.beginApp()
  const { recovery_codes = [] } = await app.endApp(totpCode(secret, auth.clock))
  expect(recovery_codes).toHaveLength(10)
  expect(await app.load()).toMatchObject({ isOn: true, codesLeft: 10, passkeys: [] })
  await app.client.logout()
  const step = await reachStep(email)
  await expect(app.takeStepByCode(step, '000000')).rejects.toMatchObject({ code: 'invalid_code' })
  expect(await app.takeStepByCode(step, totpCode(secret, auth.clock, 1))).toMatchObject({ acr: 'aal2' })
  await app.client.logout()
  expect(await app.takeStepByRecoveryCode(await reachStep(email), recovery_codes[0] ?? '')).toMatchObject({
    status: 'signed_in',
  })
  auth.clock.seconds = OLD_SECONDS
  const made = app.makeNewCodes()
  await expect.poll(() => app.getQuestion()?.methods).toEqual(['totp', 'recovery_code'])
  await app.prove('totp', totpCode(secret, auth.clock))
  expect((await made).recovery_codes).toHaveLength(10)
  expect(await app.turnOff(PASSWORD)).toEqual({ success: true })
})

it('a passkey is added, signs in by the button, the suggestions and as second step, and confirms', async () => {
  const browser = stubBrowser(softAuthenticator())
  const email = newEmail()
  await signUp(app, email)
  const { id } = await app.addPasskey('Phone')
  expect(await app.renamePasskey(id, 'Laptop')).toMatchObject({ name: 'Laptop' })
  expect((await app.askForPasskey()).recovery_codes).toHaveLength(10)
  await app.client.logout()
  expect(await app.takeStepByPasskey(await reachStep(email))).toMatchObject({ acr: 'aal2' })
  await app.client.logout()
  expect(await app.signInByPasskey()).toMatchObject({ acr: 'aal2' })
  await app.client.logout()
  const offered = app.offerPasskeys(new AbortController().signal)
  await expect.poll(() => browser.offers.length).toBe(1)
  browser.offers[0]?.choose()
  expect(await offered).toMatchObject({ acr: 'aal2' })
  auth.clock.seconds = OLD_SECONDS
  const removed = app.removePasskey(id)
  await expect.poll(() => app.getQuestion()?.methods).toContain('passkey')
  await app.prove('passkey')
  await removed
  expect((await app.load()).passkeys).toEqual([])
})

it('where a second factor is required, it is set up with an app or a passkey before there is a session', async () => {
  const strict = await startTestServer({ settings: { mfaMode: 'required' } })
  try {
    const folder = await writeFiles('second-factors', {
      folder: 'second-factors-required',
      edit: edit(strict),
    })
    const own = await buildApp(folder)
    const begin = async () => {
      const step = await signUp(own, newEmail())
      if (step.status !== 'second_factor_setup_required') throw new Error(step.status)
      return step
    }
    const step = await begin()
    const { secret, qr_code } = await own.beginSetUp(step)
    expect(qr_code).toMatch(/^<svg/)
    expect(await own.endSetUp(step, totpCode(secret, strict.clock))).toHaveLength(10)
    expect(own.client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal2' })
    await own.client.logout()
    stubBrowser(softAuthenticator())
    expect(await own.setUpPasskey(await begin())).toHaveLength(10)
    expect(own.client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal2' })
  } finally {
    await strict.close()
  }
})

it('one factor is refused where two are asked for, with the answer of the page', async () => {
  await signUp(app, newEmail())
  const answer = await app.fetchAsUser(`${serviceUrl}/keys`, { method: 'POST' })
  const shown = (await readBlocks('second-factors')).find(({ language }) => language === 'http')?.code ?? ''
  const [head = '', body = ''] = shown.trim().split('\n\n')
  expect(head).toContain(`HTTP/1.1 ${answer.status} `)
  expect(head).toContain(`WWW-Authenticate: ${answer.headers.get('www-authenticate')}`)
  expect(await answer.text()).toBe(body)
})

it('every block for this test was run', () => expectRun('second-factors.test.ts'))
