import { NO_LIMITS } from '@latchkey/core'
import { PASSWORD, type Person } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { perHour } from './throttled-server.ts'

const LIMIT = 5
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const PASSWORDS = { password1: PASSWORD, password2: PASSWORD }

let server: TestServer
beforeAll(async () => {
  const limits = { ...NO_LIMITS, mail: perHour(LIMIT), unproven: { calls: 1, seconds: 86_400 } }
  server = await startTestServer({
    mail: true,
    settings: { emailVerification: 'optional' },
    core: { throttle: { store: 'memory', redisUrl: null, limits } },
  })
})
afterAll(() => server.close())

const post = (path: string, json: unknown, token?: string) => call(server.url + path, { json, token })
const signUp = (email: string) => post('/registration/', { email, ...PASSWORDS, ...NAMES })

describe('a person who never asked for anything', () => {
  it('gets one notice when a stranger changes the password of a sign-up 12 times', async () => {
    const email = 'bystander@example.com'
    let { access } = (await signUp(email)).body as Person['tokens']
    for (let n = 0; n < 12; n++) {
      const json = { old_password: PASSWORD, new_password1: PASSWORD, new_password2: PASSWORD }
      const answer = await post('/password/change/', json, access)
      expect(answer.status).toBe(200)
      access = (answer.body as Person['tokens']).access
    }
    expect((await server.mailbox.kindsTo(email)).sort()).toEqual(['password-changed', 'verify-email'])
  })

  it('gets as many mails as the limit allows when a client signs up 30 plus-tags of the mailbox', async () => {
    const answers = []
    for (let n = 0; n < 30; n++) answers.push((await signUp(`passer+${n}@example.com`)).status)
    expect(answers.filter((status) => status === 201)).toHaveLength(LIMIT)
    expect(answers.filter((status) => status === 429)).toHaveLength(30 - LIMIT)
    const mails = (await server.mailbox.all()).filter(({ to }) => to.startsWith('passer'))
    expect(mails).toHaveLength(LIMIT)
  })
})
