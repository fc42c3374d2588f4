import { softAuthenticator } from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { createMfaOperations } from '../src/mfa/index.ts'
import { add, confirm, isAutofillSupported, isSupported, signIn, verify } from '../src/passkeys/index.ts'
import { type SoftBrowser, stubBrowser } from './support/soft-browser.ts'

const PASSWORD = 'a long enough phrase'
let server: TestServer
let browser: SoftBrowser
let people = 0

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(() => {
  browser = stubBrowser(softAuthenticator())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
afterAll(() => server.close())

const open = () => createClient({ baseUrl: server.url, storage: memoryStorage() })

/** Signs a user up, and adds a passkey. */
async function setUp() {
  const client = open()
  const email = `keys${++people}@example.com`
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  const passkey = await add(client, { name: 'Phone' })
  return { client, email, passkey, ...createMfaOperations(client) }
}

test('a passkey is added, signs in, completes a sign-in and confirms', async () => {
  const { client, email, passkey, mfa } = await setUp()
  expect(passkey).toMatchObject({ name: 'Phone' })
  expect(isSupported()).toBe(true)
  expect(await isAutofillSupported()).toBe(true)
  expect(await signIn(open())).toMatchObject({ status: 'signed_in', acr: 'aal2' })
  await mfa.enable()
  const elsewhere = open()
  const result = await elsewhere.login({ email, password: PASSWORD })
  if (result.status !== 'second_factor_required') throw new Error(result.status)
  expect(await verify(elsewhere, result)).toMatchObject({ status: 'signed_in', acr: 'aal2' })
  expect(await confirm(client)).toEqual({ detail: 'Confirmed.' })
  expect(client.session.state).toMatchObject({ acr: 'aal2' })
})

test.each([
  ['NotAllowedError', 'cancelled'],
  ['AbortError', 'cancelled'],
  ['NotSupportedError', 'unsupported'],
  ['ConstraintError', 'not_verified'],
])('the browser fails with %s: %s', async (failure, code) => {
  browser.failure = failure
  await expect(signIn(open())).rejects.toMatchObject({ name: 'PasskeyError', code })
})

test('a device that has a passkey of the account makes no other one', async () => {
  const { client } = await setUp()
  browser.failure = 'InvalidStateError'
  await expect(add(client)).rejects.toMatchObject({ name: 'PasskeyError', code: 'already_there' })
})

test('a browser without passkeys is told so before any request', async () => {
  vi.unstubAllGlobals()
  await expect(signIn(open())).rejects.toMatchObject({ code: 'unsupported' })
})

test('the browser is told what is valid, and what is unknown', async () => {
  const { passkeys, passkey, client } = await setUp()
  const { rp_id: rpId, user_handle: userId } = await passkeys.list()
  const valid = (...allAcceptedCredentialIds: string[]) => [
    'signalAllAcceptedCredentials',
    { rpId, userId, allAcceptedCredentialIds },
  ]
  await expect.poll(() => browser.signals).toEqual([valid(passkey.credential_id)])
  await client.user.update({ first_name: 'Grace' })
  await expect.poll(() => browser.signals.at(-1)?.[0]).toBe('signalCurrentUserDetails')
  await passkeys.delete({ id: passkey.id })
  await expect.poll(() => browser.signals.at(-1)).toEqual(valid())
  await expect(signIn(open())).rejects.toMatchObject({ code: 'unknown_passkey', status: 401 })
  await expect
    .poll(() => browser.signals.at(-1))
    .toEqual(['signalUnknownCredential', { rpId, credentialId: passkey.credential_id }])
})

test('suggestions get new options before five minutes are over, and sign in', async () => {
  await setUp()
  const renewals: (() => void)[] = []
  const real = setTimeout
  // The server of the test runs by the timers of the same process, so that only this one is held.
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
    act: (...given: unknown[]) => void,
    ...[milliseconds, ...given]: [number?, ...unknown[]]
  ) => {
    if (milliseconds !== 4 * 60_000) return real(act, milliseconds, ...given)
    renewals.push(act)
    return real(() => {}, 0)
  }) as typeof setTimeout)
  const signed = signIn(open(), { autofill: true })
  await expect.poll(() => renewals.length).toBe(1)
  await expect.poll(() => browser.offers.length).toBe(1)
  renewals[0]?.()
  await expect.poll(() => browser.offers.length).toBe(2)
  const [first, second] = browser.offers
  expect(first?.challenge).not.toBe(second?.challenge)
  second?.choose()
  expect(await signed).toMatchObject({ status: 'signed_in', acr: 'aal2' })
})

test('suggestions yield to a button, and go on when the person cancels there', async () => {
  await setUp()
  const suggested = signIn(open(), { autofill: true })
  await expect.poll(() => browser.offers.length).toBe(1)
  browser.failure = 'NotAllowedError'
  await expect(signIn(open())).rejects.toMatchObject({ code: 'cancelled' })
  await expect.poll(() => browser.offers.length).toBe(2)
  const end = expect(suggested).rejects.toMatchObject({ code: 'cancelled' })
  expect(await signIn(open())).toMatchObject({ status: 'signed_in' })
  await end
})

test('suggestions end with the signal', async () => {
  const abort = new AbortController()
  const suggested = signIn(open(), { autofill: true, signal: abort.signal })
  await expect.poll(() => browser.offers.length).toBe(1)
  const end = expect(suggested).rejects.toMatchObject({ code: 'cancelled' })
  abort.abort()
  await end
})

test('a later offer of suggestions ends the former one', async () => {
  const abort = new AbortController()
  const former = signIn(open(), { autofill: true })
  await expect.poll(() => browser.offers.length).toBe(1)
  const end = expect(former).rejects.toMatchObject({ code: 'cancelled' })
  const later = signIn(open(), { autofill: true, signal: abort.signal })
  await end
  await expect.poll(() => browser.offers.length).toBe(2)
  const over = expect(later).rejects.toMatchObject({ code: 'cancelled' })
  abort.abort()
  await over
})
