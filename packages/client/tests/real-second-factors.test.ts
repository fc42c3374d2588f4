import { totpCode } from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { cookieMode } from '../src/cookie/index.ts'
import { createFetch } from '../src/fetch/index.ts'
import { type ClientOptions, createClient, type LatchkeyClient, memoryStorage } from '../src/index.ts'
import { createMfaOperations } from '../src/mfa/index.ts'
import { createCookieJar } from './support/cookie-jar.ts'

const PASSWORD = 'a long enough phrase'
/** Longer than `REAUTHENTICATION_MAX_AGE`. */
const LATER_SECONDS = 16 * 60

describe.each(['token', 'cookie'] as const)('second factors in %s mode', (mode) => {
  let server: TestServer
  let people = 0

  beforeAll(async () => {
    const refreshCookie = { secure: false, sameSite: 'Lax', path: '/' } as const
    server = await startTestServer(mode === 'cookie' ? { app: { refreshCookie } } : {})
  })
  afterEach(() => {
    server.clock.seconds = 0
  })
  afterAll(() => server.close())

  /** Opens tabs of one browser, and signs a new user up in the first. */
  async function setUp({ tabs = 1, ...options }: Partial<ClientOptions> & { tabs?: number } = {}) {
    const storage = memoryStorage()
    const { fetch } = createCookieJar()
    const ways = mode === 'cookie' ? { mode: cookieMode, fetch } : {}
    const open = () => createClient({ baseUrl: server.url, storage, ...ways, ...options })
    const opened = Array.from({ length: tabs }, open) as [LatchkeyClient, ...LatchkeyClient[]]
    const email = `${mode}${++people}@example.com`
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    await opened[0].register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
    return { client: opened[0], tabs: opened, open, email, ...createMfaOperations(opened[0]) }
  }

  /** Sets an authenticator app up. */
  async function setUpApp(options: Parameters<typeof setUp>[0] = {}) {
    const made = await setUp(options)
    const { secret } = await made.mfa.setup({})
    const { recovery_codes = [] } = await made.mfa.activate({ code: totpCode(secret, server.clock) })
    return { ...made, secret, recoveryCodes: recovery_codes }
  }

  test('an activation in a session raises its level, and gives the codes', async () => {
    const { client, recoveryCodes, mfa } = await setUpApp()
    expect(recoveryCodes).toHaveLength(10)
    expect(client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal2' })
    expect(await mfa.status()).toMatchObject({ enabled: true, recovery_codes_left: 10 })
    expect((await mfa.authenticators()).map(({ type }) => type).sort()).toEqual(['recovery_codes', 'totp'])
  })

  test('a sign-in waits for its second factor, and keeps no session until then', async () => {
    const { email, secret } = await setUpApp()
    const client = createClient({
      baseUrl: server.url,
      ...(mode === 'cookie' && { mode: cookieMode, fetch: createCookieJar().fetch }),
    })
    const { mfa } = createMfaOperations(client)
    const result = await client.login({ email, password: PASSWORD })
    expect(result).toMatchObject({
      status: 'second_factor_required',
      challengeId: expect.stringMatching(/^[\w-]{43}$/),
      methods: ['totp', 'recovery_code'],
      expiresAt: expect.any(Date),
    })
    expect(client.session.state.status).not.toBe('signed_in')
    if (result.status !== 'second_factor_required') return
    const challenge_id = result.challengeId
    const wrong = mfa.verify({ challenge_id, code: '000000' })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_code', status: 400 })
    const code = totpCode(secret, server.clock, 1)
    expect(await mfa.verify({ challenge_id, code })).toMatchObject({ status: 'signed_in', acr: 'aal2' })
    expect(await client.user.get()).toMatchObject({ email })
  })

  test('a recovery code completes a sign-in once', async () => {
    const { client, email, recoveryCodes, mfa } = await setUpApp()
    const signIn = async () => {
      const result = await client.login({ email, password: PASSWORD })
      if (result.status !== 'second_factor_required') throw new Error(result.status)
      return mfa.verifyRecovery({
        challenge_id: result.challengeId,
        recovery_code: recoveryCodes[0] ?? '',
      })
    }
    expect(await signIn()).toMatchObject({ status: 'signed_in', acr: 'aal2' })
    await expect(signIn()).rejects.toMatchObject({ code: 'invalid_recovery_code' })
    // The refused second step leaves the session that was there.
    expect(client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal2' })
  })

  test('parallel operations ask for one proof, and are sent again after it', async () => {
    const prove = vi.fn()
    const { client, reauthenticate, mfa } = await setUp({ onReauthenticate: prove })
    prove.mockImplementation(() => reauthenticate({ password: PASSWORD }))
    server.clock.seconds += LATER_SECONDS
    const before = client.session.state
    const answers = await Promise.all([mfa.setup({}), mfa.setup({}), mfa.setup({})])
    expect(answers.every(({ secret }) => secret.length === 32)).toBe(true)
    expect(prove).toHaveBeenCalledOnce()
    expect(prove.mock.lastCall?.[0]).toMatchObject({
      code: 'insufficient_user_authentication',
      methods: ['password'],
    })
    expect(client.session.state).not.toEqual(before)
    expect(await client.user.get()).toHaveProperty('email')
  })

  test('a refusal for the lack of a proof refreshes nothing and signs nobody out', async () => {
    const told: string[] = []
    const { client, mfa } = await setUp({
      onReauthenticate: async () => {
        throw new Error('The dialog was closed.')
      },
    })
    client.onChange(({ status }) => told.push(status))
    const { state } = client.session
    server.clock.seconds += LATER_SECONDS
    await expect(mfa.setup({})).rejects.toMatchObject({ code: 'insufficient_user_authentication' })
    const url = `${server.url}/mfa/setup/`
    expect((await createFetch(client)(url, { method: 'POST' })).status).toBe(403)
    expect(client.session.state).toBe(state)
    expect(told).toEqual([])
  })

  test('ten tabs go on under the session that one of them confirmed', async () => {
    const { tabs, client, reauthenticate } = await setUp({ tabs: 10 })
    await Promise.all(tabs.map((tab) => tab.session.ready()))
    server.clock.seconds += LATER_SECONDS
    await reauthenticate({ password: PASSWORD })
    await Promise.all(tabs.map((tab) => tab.user.get()))
    const sessions = tabs.map(({ session }) => session.state)
    expect(sessions).toEqual(tabs.map(() => client.session.state))
    for (const tab of tabs) expect(await createMfaOperations(tab).mfa.setup({})).toHaveProperty('secret')
  })

  test('a wrong proof keeps the session', async () => {
    const { client, reauthenticate } = await setUpApp()
    const { state } = client.session
    await expect(reauthenticate({ password: PASSWORD })).rejects.toMatchObject({ code: 'invalid' })
    await expect(reauthenticate({ code: '000000' })).rejects.toMatchObject({ code: 'invalid_code' })
    expect(client.session.state).toBe(state)
  })

  test('the factor is turned off, and the level falls', async () => {
    const { client, mfa } = await setUpApp()
    await expect(mfa.deactivate({ password: 'wrong' })).rejects.toMatchObject({ code: 'invalid_password' })
    expect(await mfa.deactivate({ password: PASSWORD })).toEqual({ success: true })
    expect(client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal1' })
  })
})

describe('where a second factor is required', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ settings: { mfaMode: 'required' } })
  })
  afterAll(() => server.close())

  test('a sign-up sets it up before it has a session', async () => {
    const client = createClient({ baseUrl: server.url })
    const { mfa } = createMfaOperations(client)
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    const person = { email: 'setup@example.com', password1: PASSWORD, password2: PASSWORD, ...names }
    const result = await client.register(person)
    expect(result).toMatchObject({ status: 'second_factor_setup_required', methods: ['totp', 'passkey'] })
    if (result.status !== 'second_factor_setup_required') return
    const setup_challenge_id = result.setupChallengeId
    const { secret } = await mfa.setup({ setup_challenge_id })
    const change = await mfa.activate({ code: totpCode(secret, server.clock), setup_challenge_id })
    expect(change).toEqual({ success: true, recovery_codes: expect.any(Array) })
    expect(client.session.state).toMatchObject({ status: 'signed_in', acr: 'aal2' })
    expect(await client.user.get()).toMatchObject({ email: person.email })
  })
})
