import { sealImportedFactors } from '@latchkey/core/imports/factors'
import { DJANGO_PASSWORD, listDjangoHashes, readClaims, signUp, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askChallenge, succeed } from '../mfa/people.ts'
import { DOORS } from '../passkeys/doors.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const SECRET = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'
const CODES = ['15277180', '44704866', '03632812']

let server: TestServer
let person: { email: string; password: string; userId: string }
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** A user as an import leaves it: the hash of Django, its secret of an app, and recovery codes that were never shown here. */
beforeEach(async () => {
  const { email, userId } = await signUp(server.ctx)
  const { sql } = server.database
  const [hash] = await listDjangoHashes()
  const factors = { totp: { secret: SECRET }, recoveryCodes: CODES }
  const sealed = await sealImportedFactors(server.ctx, { userId: userId as never, ...factors })
  await sql`insert into totp_factors (user_id, id, secret_jwe, confirmed_at)
    values (${userId}, gen_random_uuid(), ${sealed.secretJwe}, now())`
  await sql`insert into recovery_codes (user_id, code_hash, created_at)
    select ${userId}, hash, now() from unnest(${sealed.codeHashes}::text[]) as hash`
  await sql`update users set password_hash = ${hash?.encoded ?? ''}, password_form = 1, second_factor = true
    where id = ${userId}`
  person = { email, password: DJANGO_PASSWORD, userId }
})

describe.each(DOORS)('a user that was moved in with a second factor, by %s', (_name, door) => {
  const ask = (name: string, sent: Parameters<typeof door>[2]) => door(server.url, name, sent)
  const recover = async (recovery_code: string) => {
    const challenge_id = await askChallenge(server, person, door)
    return ask('mfa.verifyRecovery', { input: { challenge_id, recovery_code } })
  }

  it('signs in with the password and app of before, and its hash is then ours', async () => {
    const asked = await succeed(ask('auth.login', { input: person }))
    expect(asked).toMatchObject({ mfa_required: true, methods: ['totp', 'recovery_code'] })
    const input = { challenge_id: asked.challenge_id, code: totpCode(SECRET, server.clock) }
    const tokens = await succeed(ask('mfa.verify', { input }))
    expect(readClaims(String(tokens.access))).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
    const [user] = await server.database.sql`select password_hash from users where id = ${person.userId}`
    expect(user?.password_hash).toMatch(/^\$argon2id\$/)
    expect((await ask('mfa.verify', { input })).body).toMatchObject({ code: 'challenge_invalid' })
  })

  it('signs in with each recovery code of before once, and reads how many are left', async () => {
    const tokens = await succeed(recover(' 1527 7180 '))
    expect(readClaims(String(tokens.access)).amr).toEqual(['pwd', 'recovery_code', 'mfa'])
    expect(await recover('15277180')).toMatchObject({ status: 400, body: { code: 'invalid_recovery_code' } })
    const token = String(tokens.access)
    expect((await ask('mfa.status', { token })).body).toMatchObject({ enabled: true, recovery_codes_left: 2 })
    expect((await ask('mfa.authenticators', { token })).body).toMatchObject([
      { type: 'totp', last_used_at: null },
      { type: 'recovery_codes', left: 2, last_used_at: expect.any(String) },
    ])
  })

  it('gets ten codes of ours in the place of those of before', async () => {
    const token = String((await succeed(recover('15277180'))).access)
    const { recovery_codes } = await succeed(ask('mfa.replaceRecoveryCodes', { token }))
    expect((await recover('44704866')).body).toMatchObject({ code: 'invalid_recovery_code' })
    await succeed(recover((recovery_codes as string[])[0] ?? ''))
  })

  it('has its recovery codes locked by the tenth wrong one, and its app open', async () => {
    const answers = []
    for (let count = 0; count < 10; count += 1) answers.push(await recover('99999999'))
    expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(400), 429])
    expect(answers[9]?.body).toMatchObject({ code: 'mfa_locked' })
    expect(Number(answers[9]?.headers.get('retry-after'))).toBeGreaterThan(600)
    expect((await recover('15277180')).status).toBe(429)
    server.clock.seconds += 30
    const challenge_id = await askChallenge(server, person, door)
    await succeed(ask('mfa.verify', { input: { challenge_id, code: totpCode(SECRET, server.clock) } }))
  })

  it('opens one session when its recovery code is sent five times at once', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => askChallenge(server, person, door)))
    const told = await Promise.all(
      ids.map((challenge_id) =>
        ask('mfa.verifyRecovery', { input: { challenge_id, recovery_code: '03632812' } }),
      ),
    )
    expect(told.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
  })
})
