import {
  createTestMailbox,
  newEmail,
  signUp as signUpBefore,
  type TestMailbox,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient } from '../src/index.ts'
import { confirmEmailChange, verifyEmail } from '../src/links/index.ts'
import { describeError } from '../src/messages/index.ts'
import { createCookieJar } from './support/cookie-jar.ts'

const PASSWORD = 'a long enough phrase'
let server: TestServer
let mailbox: TestMailbox

beforeAll(async () => {
  mailbox = await createTestMailbox(() => server.database)
  server = await startTestServer({
    core: { mail: mailbox.settings, config: { emailVerification: 'mandatory' } },
    app: { emailVerification: 'mandatory' },
  })
  await server.core.startMail()
})

afterAll(async () => {
  await server?.close()
  await mailbox?.remove()
})

/** Creates a client whose user has signed up and has not followed the link yet. */
async function signUp() {
  const jar = createCookieJar()
  const client = createClient({ baseUrl: server.url, fetch: jar.fetch })
  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const result = await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  return { jar, client, email, result }
}

test('a user of the time before mandatory verification keeps the session until the address is verified', async () => {
  const before = withConfig(server.ctx, { emailVerification: 'none' })
  const { email, tokens } = await signUpBefore(before)
  const client = createClient({ baseUrl: server.url })
  await client.session.adopt(tokens)
  await expect(client.user.get()).rejects.toMatchObject({ code: 'email_not_verified', status: 401 })
  await expect(client.session.refresh()).rejects.toMatchObject({ code: 'email_not_verified' })
  expect(client.session.state).toMatchObject({ status: 'signed_in', emailVerified: false })
  await client.registration.resend({ email })
  await verifyEmail(client, { key: (await mailbox.next(email, 'verify-email')).secret })
  expect(await client.user.get()).toMatchObject({ email })
  expect(await client.session.refresh()).toMatchObject({ status: 'signed_in', emailVerified: true })
})

describe('mailed links', () => {
  test('a sign-up becomes a user by its link', async () => {
    const { client, email, result } = await signUp()
    expect(result).toEqual({ status: 'verification_required', detail: 'Verification e-mail sent.' })
    const login = { email, password: PASSWORD }
    await expect(client.login(login)).rejects.toMatchObject({ code: 'email_not_verified', status: 401 })
    await expect(verifyEmail(client, { key: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' })
    await mailbox.next(email, 'confirm-registration')
    await client.registration.resend({ email, password: PASSWORD })
    const { secret } = await mailbox.next(email, 'confirm-registration')
    await verifyEmail(client, { key: secret })
    expect(await client.login(login)).toMatchObject({ status: 'signed_in', emailVerified: true })
  })

  test('a link is followed where fetch follows redirects by itself, as in React Native', async () => {
    const { jar, email } = await signUp()
    const native: typeof fetch = (input, init) => jar.fetch(input, { ...init, redirect: 'follow' })
    const client = createClient({ baseUrl: server.url, fetch: native })
    await verifyEmail(client, { key: (await mailbox.next(email, 'confirm-registration')).secret })
    await client.login({ email, password: PASSWORD })
    await client.email.change({ new_email: `n${email}`, password: PASSWORD })
    const { secret } = await mailbox.next(`n${email}`, 'confirm-email-change')
    await confirmEmailChange(client, { key: secret })
    expect(await client.user.get()).toMatchObject({ email: `n${email}` })
    await expect(verifyEmail(client, { key: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a forgotten password is replaced, and the user is signed in', async () => {
    const { jar, client, email } = await signUp()
    await verifyEmail(client, { key: (await mailbox.next(email, 'confirm-registration')).secret })
    await client.password.requestReset({ email })
    const { path } = await mailbox.next(email, 'reset-password')
    await jar.fetch(`${server.url}${path}`, { credentials: 'include', redirect: 'manual' })
    const weak = { new_password1: 'short', new_password2: 'short' }
    await expect(client.password.setNew(weak)).rejects.toMatchObject({ code: 'invalid' })
    const fresh = { new_password1: 'another phrase', new_password2: 'another phrase' }
    expect(await client.password.setNew(fresh)).toMatchObject({ status: 'signed_in' })
    expect(await client.user.get()).toMatchObject({ email })
    const unopened = client.password.setNew(fresh)
    await expect(unopened).rejects.toMatchObject({ code: 'not_authenticated' })
    const spent = client.password.setNew({ ...fresh, token: path.split('/').at(-2) })
    await expect(spent).rejects.toMatchObject({ code: 'token_not_valid' })
    for (const refused of [unopened, spent])
      expect(describeError(await refused.catch((error) => error)).message).toMatch(
        /^This link no longer works/,
      )
  })

  test('an address is changed by the link to the new one', async () => {
    const { client, email } = await signUp()
    await verifyEmail(client, { key: (await mailbox.next(email, 'confirm-registration')).secret })
    await client.login({ email, password: PASSWORD })
    const wrong = client.email.change({ new_email: `n${email}`, password: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid' })
    await client.email.change({ new_email: `n${email}`, password: PASSWORD })
    const { secret } = await mailbox.next(`n${email}`, 'confirm-email-change')
    await confirmEmailChange(client, { key: secret })
    expect(await client.user.get()).toMatchObject({ email: `n${email}` })
  })
})
