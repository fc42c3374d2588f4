import { OPERATOR } from '@latchkey/core'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { deleteUser } from '@latchkey/core/operations/staff/delete-user'
import { setUserRole } from '@latchkey/core/operations/staff/set-user-role'
import { logIn, NEW_PASSWORD, PASSWORD, signUp, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOORS, rest } from '../passkeys/doors.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { type AppOwner, askChallenge, signUpWithApp, succeed } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const NEW = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }

/** What may happen to a user between the password and the code. */
const FATES: Record<string, (owner: AppOwner) => Promise<unknown>> = {
  'a change of the password': ({ token }) =>
    succeed(rest(server.url, 'password.change', { input: NEW, token })),
  'a change of the role': ({ userId }) => setUserRole(server.ctx, { by: OPERATOR, userId: userId, role: 7 }),
  'new factors': async ({ token }) => {
    const { secret } = await succeed(rest(server.url, 'mfa.setup', { input: { replace: true }, token }))
    const input = { code: totpCode(String(secret), server.clock) }
    return succeed(rest(server.url, 'mfa.activate', { input, token }))
  },
  'no factors': ({ token }) =>
    succeed(rest(server.url, 'mfa.deactivate', { input: { password: PASSWORD }, token })),
  'a deactivation': ({ userId }) => deactivateUser(server.ctx, { by: OPERATOR, userId: userId }),
  'a deletion': ({ userId }) => deleteUser(server.ctx, { by: OPERATOR, userId: userId }),
  'its lifetime': async () => {
    server.clock.seconds += 301
  },
}

describe.each(DOORS)('by %s', (_name, door) => {
  it.each(Object.entries(FATES))('a challenge is void after %s', async (_fate, befall) => {
    const owner = await signUpWithApp(server)
    const challenge_id = await askChallenge(server, owner, door)
    await befall(owner)
    const code = totpCode(owner.secret, server.clock)
    for (const [name, proof] of [
      ['mfa.verify', { code }],
      ['mfa.verifyRecovery', { recovery_code: owner.codes[0] }],
    ] as const) {
      const answer = await door(server.url, name, { input: { challenge_id, ...proof } })
      expect(answer).toMatchObject({ status: 400, body: { code: 'challenge_invalid' } })
    }
  })

  it('the activation ends every other session of one factor, and keeps that of the caller', async () => {
    const person = await signUp(server.ctx)
    const other = await logIn(server.ctx, person)
    const token = person.tokens.access
    const { secret } = await succeed(door(server.url, 'mfa.setup', { token }))
    const input = { code: totpCode(String(secret), server.clock) }
    await succeed(door(server.url, 'mfa.activate', { input, token }))
    const { refresh } = other
    expect((await door(server.url, 'auth.refresh', { input: { refresh } })).status).toBe(401)
    expect((await door(server.url, 'user.get', { token: other.access })).status).toBe(401)
    await succeed(door(server.url, 'user.get', { token }))
    await succeed(door(server.url, 'auth.refresh', { input: { refresh: person.tokens.refresh } }))
  })

  it('a replacement leaves the working app in force until the new one is proven', async () => {
    const owner = await signUpWithApp(server)
    const { token } = owner
    const plain = await door(server.url, 'mfa.setup', { token })
    expect(plain).toMatchObject({ status: 400, body: { code: 'totp_already_active' } })
    const replace = { input: { replace: true }, token }
    const first = await succeed(door(server.url, 'mfa.setup', replace))
    const second = await succeed(door(server.url, 'mfa.setup', replace))
    const code = totpCode(owner.secret, server.clock)
    const challenge_id = await askChallenge(server, owner, door)
    await succeed(door(server.url, 'mfa.verify', { input: { challenge_id, code } }))
    const codeOf = ({ secret }: Record<string, unknown>) => totpCode(String(secret), server.clock)
    const activate = (sent: string) => door(server.url, 'mfa.activate', { input: { code: sent }, token })
    expect((await activate(codeOf(first))).body.code).toBe('invalid_code')
    expect(await succeed(activate(codeOf(second)))).toEqual({ success: true })
    server.clock.seconds += 30
    const input = { challenge_id: await askChallenge(server, owner, door), code: codeOf(second) }
    await succeed(door(server.url, 'mfa.verify', { input }))
  })

  it('a secret is dead after the time of a set-up', async () => {
    const person = await signUp(server.ctx)
    const token = person.tokens.access
    const { secret } = await succeed(door(server.url, 'mfa.setup', { token }))
    await server.database.sql`update totp_factors set pending_expires_at = now() - interval '1 day'
      where user_id = ${person.userId}`
    server.clock.seconds += 1
    const input = { code: totpCode(String(secret), server.clock) }
    const late = await door(server.url, 'mfa.activate', { input, token })
    expect(late.body.code).toBe('setup_not_initiated')
  })
})
