import { type CoreConfig, NO_LIMITS } from '@latchkey/core'
import { newEmail, PASSWORD, readClaims, signUp, softAuthenticator } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { OPERATIONS } from '../operations.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS, rest } from './doors.ts'
import { accessOf, askCreation, enter, halfLogin, register, signUpOwner } from './keys.ts'

/** Starts two servers on one database. The second one has other settings. */
async function startTwo(
  changes: Partial<CoreConfig>,
  use: (one: TestServer, other: TestServer) => Promise<void>,
) {
  const one = await startTestServer()
  const other = await startTestServer({ settings: changes as never, core: { database: one.database } })
  try {
    await use(one, other)
  } finally {
    await other.close()
    await one.close()
  }
}

const OF_PASSKEYS = OPERATIONS.filter(({ meta }) => meta.needs?.includes('passkeys'))

describe('with PASSKEYS=false', () => {
  it('every operation on passkeys answers 403, after 401 and before its fields', async () => {
    await startTwo({ passkeysEnabled: false }, async (_, { url, ctx }) => {
      const { tokens } = await signUp(ctx)
      const names = OF_PASSKEYS.map(({ procedurePath }) => procedurePath)
      expect(names).toEqual(
        expect.arrayContaining(
          OPERATIONS.map((one) => one.procedurePath).filter((one) => one.startsWith('passkeys.')),
        ),
      )
      expect(names).toContain('mfa.verifyPasskey')
      for (const [, door] of DOORS) {
        for (const { procedurePath, meta } of OF_PASSKEYS) {
          const input = { id: 'x', credential: 7, name: 7 }
          const refused = await door(url, procedurePath, { token: tokens.access, input })
          expect([procedurePath, refused.status, refused.body]).toEqual([
            procedurePath,
            403,
            { code: 'passkeys_disabled', detail: 'Passkeys are disabled.' },
          ])
          const isOpen = meta.access === 'anonymous'
          expect((await door(url, procedurePath, { input })).status).toBe(isOpen ? 403 : 401)
        }
      }
    })
  })

  it('passkeys count for nothing: a sign-in offers none, and a step-up takes none', async () => {
    await startTwo({ passkeysEnabled: false }, async (one, other) => {
      const owner = await signUpOwner(one)
      await rest(one.url, 'mfa.enable', { token: owner.token })
      const { body } = await rest(other.url, 'auth.login', {
        input: { email: owner.email, password: owner.password },
      })
      expect(body).toMatchObject({ mfa_required: true, methods: ['recovery_code'] })
      expect(body).not.toHaveProperty('passkey_options')
      const options = await rest(other.url, 'auth.reauthenticateOptions', { token: owner.token })
      expect(options.ok).toBe(false)
    })
  })
})

describe('with MFA_MODE=disabled', () => {
  it('passkeys still sign in, and are added and removed, and no second factor is asked for', async () => {
    await startTwo({ mfaMode: 'disabled' }, async (one, other) => {
      const owner = await signUpOwner(one)
      await rest(one.url, 'mfa.enable', { token: owner.token })
      const plain = await rest(other.url, 'auth.login', {
        input: { email: owner.email, password: owner.password },
      })
      expect(readClaims(accessOf(plain)).acr).toBe('aal1')
      const token = accessOf(await enter(other, owner.device))
      expect(readClaims(token)).toMatchObject({ acr: 'aal2', amr: ['hwk', 'user', 'mfa'] })
      expect((await register(other, token)).status).toBe(201)
      const input = { id: owner.passkey.id }
      expect((await rest(other.url, 'passkeys.delete', { token, input })).status).toBe(204)
      const { challenge_id, passkey_options } = await halfLogin(one, owner)
      const second = { challenge_id, credential: owner.device.get(passkey_options) }
      const refused = await rest(other.url, 'mfa.verifyPasskey', { input: second })
      expect(refused).toMatchObject({ status: 403, body: { code: 'mfa_disabled' } })
    })
  })
})

describe('where a second factor is required', () => {
  it('a plain sign-in of before is asked for a set-up, and a passkey is the set-up', async () => {
    await startTwo({ mfaMode: 'required' }, async (one, required) => {
      const person = await signUp(one.ctx)
      const { setup_challenge_id: setup } = await halfLogin(required, person)
      const device = softAuthenticator()
      const credential = device.create(await askCreation(required, { setup }))
      const input = { credential, setup_challenge_id: setup, name: 'Phone' }
      const added = await rest(required.url, 'passkeys.register', { input })
      expect(added).toMatchObject({ status: 201, body: { name: 'Phone' } })
      expect(added.body.recovery_codes).toHaveLength(10)
      expect(await rest(one.url, 'user.get', { token: person.tokens.access })).toMatchObject({ status: 401 })
      expect((await enter(required, device)).ok).toBe(true)
    })
  })

  it('a set-up challenge opens the registration alone, and no header beside it is looked past', async () => {
    const server = await startTestServer({ settings: { mfaMode: 'required' } as never })
    try {
      const names = { first_name: 'Ada', last_name: 'Lovelace' }
      const input = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names }
      const { body } = await rest(server.url, 'registration.register', { input })
      const setup = { setup_challenge_id: String(body.setup_challenge_id) }
      const unproven = { status: 401, body: { code: 'not_authenticated' } }
      for (const wrong of [undefined, {}, { setup_challenge_id: 'x' }, { setup_challenge_id: 7 }]) {
        const refused = await rest(server.url, 'passkeys.registerOptions', { input: wrong })
        expect(refused).toMatchObject(unproven)
      }
      for (const name of ['passkeys.list', 'passkeys.rename', 'passkeys.delete']) {
        const refused = await rest(server.url, name, { input: { id: 'x', name: 'x', ...setup } })
        expect(refused).toMatchObject(unproven)
      }
      const beside = { input: setup, headers: { authorization: 'Bearer a.b.c' } }
      expect((await rest(server.url, 'passkeys.registerOptions', beside)).body.code).toBe('token_not_valid')
      expect((await rest(server.url, 'passkeys.registerOptions', { input: setup })).ok).toBe(true)
    } finally {
      await server.close()
    }
  })
})

describe.each(DOORS)('the owner of a passkey over %s', (_, door) => {
  it('who is deactivated or unverified is refused as at a sign-in with the password, after a right signature', async () => {
    await startTwo({ emailVerification: 'mandatory' }, async (one, mandatory) => {
      const owner = await signUpOwner(one)
      const unverified = await enter(mandatory, owner.device, { door })
      expect(unverified).toMatchObject({
        status: 401,
        body: { code: 'email_not_verified', detail: 'User email is not verified' },
      })
      const wrong = { faults: { flags: { uv: false } }, door }
      expect((await enter(mandatory, owner.device, wrong)).body.code).toBe('incorrect_credentials')
      await one.database.sql`update users set email_verified = true where id = ${owner.userId}`
      expect((await enter(mandatory, owner.device, { door })).ok).toBe(true)
      await one.database.sql`update users set is_active = false where id = ${owner.userId}`
      const deactivated = await enter(one, owner.device, { door })
      expect(deactivated).toMatchObject({ status: 401, body: { code: 'no_active_account' } })
      expect((await enter(one, owner.device, wrong)).body.code).toBe('incorrect_credentials')
    })
  })
})

describe('the counting of calls', () => {
  it('counts the open operations by THROTTLE_ANON, and the others by THROTTLE_USER', async () => {
    const limits = { ...NO_LIMITS, anon: { calls: 3, seconds: 3600 } }
    const throttle = { store: 'memory', redisUrl: null, limits } as never
    const server = await startTestServer({ core: { throttle } })
    try {
      const statuses = []
      for (let round = 0; round < 4; round++) {
        statuses.push((await rest(server.url, 'passkeys.signInOptions')).status)
      }
      expect(statuses).toEqual([200, 200, 200, 429])
      expect((await rest(server.url, 'passkeys.signIn', { input: {} })).status).toBe(429)
      const { tokens } = await signUp(server.ctx)
      expect((await rest(server.url, 'passkeys.list', { token: tokens.access })).status).toBe(200)
    } finally {
      await server.close()
    }
  })
})
