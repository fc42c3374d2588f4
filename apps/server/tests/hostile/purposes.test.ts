import { authenticate } from '@latchkey/core'
import { requestEmailChange } from '@latchkey/core/operations/email/request-email-change'
import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import { register } from '@latchkey/core/operations/registration/register'
import {
  createTestMailbox,
  newEmail,
  PASSWORD,
  signUp,
  signUpForm,
  type TestMailbox,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
let mailbox: TestMailbox
let uid: string
const tokens: Record<string, string> = {}
const NEW = {
  new_password1: 'another horse, another battery',
  new_password2: 'another horse, another battery',
}

beforeAll(async () => {
  mailbox = await createTestMailbox(() => server.database)
  const core = { mail: mailbox.settings, config: { emailVerification: 'optional' as const } }
  server = await startTestServer({ app: { emailVerification: 'optional' }, core })
  await server.core.startMail()
  const { ctx } = server
  const owner = await signUp(ctx)
  tokens['an access token'] = owner.tokens.access
  tokens['a refresh token'] = owner.tokens.refresh
  tokens['a verification link'] = (await mailbox.next(owner.email, 'verify-email')).secret
  // Another user, because the use of one link voids all other links of the same user.
  const other = await signUp(ctx)
  uid = Buffer.from(other.userId).toString('base64url')
  await requestPasswordReset(ctx, { email: other.email })
  const reset = await mailbox.next(other.email, 'reset-password')
  tokens['a reset link'] = reset.secret
  const opened = await call(server.url + reset.path)
  const setCookie = opened.headers.get('set-cookie') ?? ''
  tokens['a reset cookie'] = /password_reset_access_token=([^;]+)/.exec(setCookie)?.[1] ?? ''
  const wish = { newEmail: newEmail(), password: PASSWORD }
  await requestEmailChange(ctx, { identity: await authenticate(ctx, owner.tokens.access), ...wish })
  tokens['a change of address'] = (await mailbox.next(wish.newEmail, 'confirm-email-change')).secret
  const form = signUpForm()
  await register(withConfig(ctx, { emailVerification: 'mandatory' }), form)
  tokens['a sign-up link'] = (await mailbox.next(form.email, 'confirm-registration')).secret
})
afterAll(async () => {
  await server.close()
  await mailbox.remove()
})

interface Lock {
  /** The kinds of token that are accepted here. */
  keys: string[]
  present: (token: string) => Promise<Answer>
  /** The status for every other kind of token. */
  refusal: number
}

/** Every place where a token is presented. The places that use a token up come last. */
const LOCKS: Record<string, Lock> = {
  'as a bearer': {
    keys: ['an access token'],
    present: (token) => call(`${server.url}/user/`, { token }),
    refusal: 401,
  },
  'to sign out': {
    keys: [],
    present: (refresh) => call(`${server.url}/logout/`, { json: { refresh }, token: 'x' }),
    refusal: 401,
  },
  'as a reset link': {
    keys: ['a reset link'],
    present: (token) => call(`${server.url}/password/reset/confirm/${uid}/${token}/`),
    refusal: 200,
  },
  'to refresh': {
    keys: ['a refresh token'],
    present: (refresh) => call(`${server.url}/refresh/`, { json: { refresh } }),
    refusal: 401,
  },
  'as a verification link': {
    keys: ['a verification link', 'a sign-up link'],
    present: (token) => call(`${server.url}/registration/verification/${token}/`),
    refusal: 404,
  },
  'as the link of a change of address': {
    keys: ['a change of address'],
    present: (token) => call(`${server.url}/email/change/confirm/${token}/`),
    refusal: 404,
  },
  'as the cookie of a reset': {
    keys: ['a reset cookie'],
    present: (token) => setNew({}, { cookie: `password_reset_access_token=${token}` }),
    refusal: 401,
  },
  'for a new password': {
    keys: ['a reset link', 'a reset cookie'],
    present: (token) => setNew({ token }),
    refusal: 401,
  },
}

function setNew(fields: object, headers?: Record<string, string>): Promise<Answer> {
  return call(`${server.url}/password/reset/set-new/`, { json: { ...NEW, ...fields }, headers })
}

const KINDS = [
  'an access token',
  'a refresh token',
  'a reset cookie',
  'a reset link',
  'a verification link',
  'a sign-up link',
  'a change of address',
]

describe.each(Object.entries(LOCKS))('presented %s', (_place, { keys, present, refusal }) => {
  it.each(KINDS.filter((kind) => !keys.includes(kind)))('%s is refused', async (kind) => {
    const answer = await present(tokens[kind] ?? '')
    expect(answer.status, answer.text).toBe(refusal)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('after all wrong places a token still works in the right place:', () => {
  it.each(['as a bearer', 'as a reset link', 'to refresh', 'as a verification link'])('%s', async (place) => {
    const lock = LOCKS[place] as Lock
    for (const kind of lock.keys) {
      const answer = await lock.present(tokens[kind] ?? '')
      expect([200, 302]).toContain(answer.status)
    }
  })

  it('as the cookie of a reset', async () => {
    expect(
      (await (LOCKS['as the cookie of a reset'] as Lock).present(tokens['a reset cookie'] ?? '')).status,
    ).toBe(200)
  })
})
