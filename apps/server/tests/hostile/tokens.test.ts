import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import { createTestMailbox, listSpellings, type Person, signUp, type TestMailbox } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
let mailbox: TestMailbox
let owner: Person
let cookie: string
beforeAll(async () => {
  mailbox = await createTestMailbox(() => server.database)
  server = await startTestServer({ core: { mail: mailbox.settings } })
  await server.core.startMail()
  owner = await signUp(server.ctx)
  await requestPasswordReset(server.ctx, { email: owner.email })
  const { path } = await mailbox.next(owner.email, 'reset-password')
  const opened = await call(server.url + path)
  cookie = /password_reset_access_token=([^;]+)/.exec(opened.headers.get('set-cookie') ?? '')?.[1] ?? ''
})
afterAll(async () => {
  await server.close()
  await mailbox.remove()
})

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Each kind of token, and the call that presents it. */
const KINDS: Record<string, { read: () => string; present: (token: string) => Promise<Answer> }> = {
  'an access token': {
    read: () => owner.tokens.access,
    present: (token) => call(`${server.url}/user/`, { headers: { authorization: `Bearer ${token}` } }),
  },
  'a refresh token': {
    read: () => owner.tokens.refresh,
    present: (refresh) => call(`${server.url}/refresh/`, { json: { refresh } }),
  },
  'the cookie of a reset': {
    read: () => cookie,
    present: (token) => {
      const headers = { cookie: `password_reset_access_token=${token}` }
      // A refused password does not use up the cookie, so the cookie can be presented again.
      const json = { new_password1: 'short', new_password2: 'short' }
      return call(`${server.url}/password/reset/set-new/`, { json, headers })
    },
  },
}

/** Every version of a token with one changed character. */
function flip(token: string): string[] {
  return [...token].flatMap((character, at) => {
    const value = ALPHABET.indexOf(character)
    const others = value < 0 ? ['A', ''] : [1, 32].map((bit) => ALPHABET[value ^ bit] ?? '')
    return others.map((other) => token.slice(0, at) + other + token.slice(at + 1))
  })
}

describe.each(Object.entries(KINDS))('%s', (_name, { read, present }) => {
  const isRefused = (answer: Answer) => answer.status === 401
  async function expectAllRefused(tokens: string[]): Promise<void> {
    const accepted: string[] = []
    for (let at = 0; at < tokens.length; at += 50) {
      const some = tokens.slice(at, at + 50)
      const answers = await Promise.all(some.map(present))
      accepted.push(...some.filter((_token, i) => !isRefused(answers[i] as Answer)))
    }
    expect(accepted).toEqual([])
  }

  it('is refused with any changed byte', async () => {
    await expectAllRefused(flip(read()))
  })

  it('is refused when it is cut anywhere', async () => {
    const token = read()
    await expectAllRefused(Array.from({ length: token.length - 1 }, (_, i) => token.slice(0, i + 1)))
    await expectAllRefused(Array.from({ length: 20 }, (_, i) => token.slice(i + 1)))
  })

  it('is refused with added bytes', async () => {
    const token = read()
    await expectAllRefused(['A', '.', '.A', '=', '~', '_', '.e30', `.${token}`].map((more) => token + more))
    await expectAllRefused(['A', '.', 'e30.'].map((more) => more + token))
  })

  it('is refused in any other encoding', async () => {
    await expectAllRefused(listSpellings(read()))
  })

  it('still works unchanged after all refusals', async () => {
    expect(isRefused(await present(read()))).toBe(false)
  })
})
