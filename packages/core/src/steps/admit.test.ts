import {
  addPasskey,
  createTestCore,
  logIn,
  PASSWORD,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  signUpForm,
  signUpWithFactors,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { login } from '../operations/auth/login.ts'
import { refreshSession } from '../operations/auth/refresh-session.ts'
import { register } from '../operations/registration/register.ts'
import { authenticate } from './authenticate.ts'
import { hashLinkSecret } from './link-secret.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const SECRET = expect.stringMatching(/^[\w-]{43}$/)

async function listStatements(work: (ctx: Context) => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const logger = { logQuery: (query: string) => void statements.push(query) }
  await work({ ...test.ctx, db: drizzle(test.database.sql, { logger }) })
  return statements
}

async function countRows(userId: string) {
  const [row] = await test.database.sql`select
    (select count(*)::int from sessions where user_id = ${userId}) as sessions,
    (select count(*)::int from ceremonies where user_id = ${userId}) as ceremonies,
    (select count(*)::int from known_networks where user_id = ${userId}) as networks`
  return row
}

describe('a sign-in without a second factor', () => {
  it('costs two statements: one reads the credentials, and one opens the session', async () => {
    const person = await signUp(test.ctx)
    const statements = await listStatements((ctx) => login(ctx, person))
    expect(statements).toHaveLength(2)
    expect(statements[0]).toMatch(/^select .* from "users" where/)
    expect(statements[1]).toMatch(/insert into sessions/)
  })

  it('gives tokens that say so, and a refresh does not move the time of the proof', async () => {
    const person = await signUp(test.ctx)
    const first = await logIn(test.ctx, person)
    const claims = readClaims(first.access)
    expect(claims).toMatchObject({ acr: 'aal1', amr: ['pwd'], auth_time: claims.session_iat })
    expect(readClaims(first.refresh)).toMatchObject({
      acr: 'aal1',
      amr: ['pwd'],
      auth_time: claims.auth_time,
    })
    test.clock.seconds += 3600
    const later = await refreshSession(test.ctx, first)
    for (const token of [later.access, later.refresh]) {
      expect(readClaims(token)).toMatchObject({ acr: 'aal1', amr: ['pwd'], auth_time: claims.auth_time })
    }
    const identity = await authenticate(test.ctx, later.access)
    expect(identity).toMatchObject({ acr: 'aal1', secondFactor: false })
    expect(identity.authAgeSeconds).toBeGreaterThanOrEqual(3600)
    expect(identity.authAgeSeconds).toBeLessThan(3700)
    test.clock.seconds = 0
  })

  it('is the same while passkeys are there that nobody turned into a second factor', async () => {
    const owner = await signUpWithFactors(test, { passkey: true, on: false })
    expect(readClaims((await logIn(test.ctx, owner)).access).acr).toBe('aal1')
  })
})

describe('a right password of a user with a second factor', () => {
  it('is answered by a challenge: no token, no session, and the network stays unknown', async () => {
    const owner = await signUpWithFactors(test, { totp: true, codes: true, passkey: true })
    await test.database.sql`delete from known_networks where user_id = ${owner.userId}`
    const answer = await login(test.ctx, owner)
    expect(answer).toEqual({
      mfaRequired: true,
      challengeId: SECRET,
      methods: ['passkey', 'totp', 'recovery_code'],
      expiresIn: 300,
      passkeyOptions: {
        challenge: 'challengeId' in answer && answer.challengeId,
        rpId: 'localhost',
        timeout: 300_000,
        userVerification: 'required',
        allowCredentials: [
          {
            type: 'public-key',
            id: expect.stringMatching(/^credential-/),
            transports: ['internal', 'hybrid'],
          },
        ],
      },
    })
    expect(await countRows(owner.userId)).toEqual({ sessions: 1, ceremonies: 1, networks: 0 })
  })

  it('stores the hash of the challenge, the epoch and the first factor, and records it', async () => {
    const owner = await signUpWithFactors(test, { totp: true })
    const answer = await login(test.ctx, owner)
    const challengeId = 'challengeId' in answer ? answer.challengeId : ''
    const rows = await test.database.sql`select c.*, u.session_epoch, c.expires_at - c.created_at as lifetime
      from ceremonies c join users u on u.id = c.user_id where u.id = ${owner.userId}`
    expect(rows).toMatchObject([
      {
        token_hash: hashLinkSecret(challengeId),
        kind: 'second_factor',
        method: 'password',
        session_id: null,
        failures: 0,
        lifetime: '00:05:00',
      },
    ])
    expect(rows[0]?.verified_epoch).toBe(rows[0]?.session_epoch)
    const events = await test.database.sql`
      select kind, details from audit_events where user_id = ${owner.userId} order by id desc limit 1`
    expect(events).toEqual([{ kind: 'login_challenged', details: { method: 'password' } }])
  })

  it('costs two statements as well', async () => {
    const owner = await signUpWithFactors(test, { totp: true })
    expect(await listStatements((ctx) => login(ctx, owner))).toHaveLength(2)
  })

  it('offers only what works: no passkey of another site or while they are off, no spent code', async () => {
    const owner = await signUpWithFactors(test, { totp: true })
    expect(await login(test.ctx, owner)).toMatchObject({ methods: ['totp'] })
    await addPasskey(test, owner.userId, 'other.example')
    const plain = await login(test.ctx, owner)
    expect(plain).toMatchObject({ methods: ['totp'] })
    expect(plain).not.toHaveProperty('passkeyOptions')
    await addPasskey(test, owner.userId)
    expect(await login(test.ctx, owner)).toMatchObject({ methods: ['passkey', 'totp'] })
    const off = withConfig(test.ctx, { passkeysEnabled: false })
    expect(await login(off, owner)).toMatchObject({ methods: ['totp'] })
  })

  it('signs in while MFA_MODE is disabled', async () => {
    const owner = await signUpWithFactors(test, { totp: true })
    const disabled = withConfig(test.ctx, { mfaMode: 'disabled' })
    expect(requireTokens(await login(disabled, owner)).access).toBeDefined()
  })

  it('opens nothing when a factor was turned on after the check: the epoch moved', async () => {
    const owner = await signUpWithFactors(test, { totp: true, on: false })
    const ctx: Context = {
      ...test.ctx,
      hasher: {
        ...test.ctx.hasher,
        verify: async (hash, password) => {
          const matches = await test.ctx.hasher.verify(hash, password)
          await test.database.sql`update users set second_factor = true, session_epoch = session_epoch + 1
            where id = ${owner.userId} and not second_factor`
          return matches
        },
      },
    }
    expect(await login(ctx, owner)).toMatchObject({ mfaRequired: true })
    expect(await countRows(owner.userId)).toMatchObject({ sessions: 1, ceremonies: 1 })
  })
})

describe('where a second factor is required', () => {
  const SETUP = {
    mfaSetupRequired: true,
    setupChallengeId: SECRET,
    methods: ['totp', 'passkey'],
    expiresIn: 900,
  }

  it('a user without one gets a challenge to set one up, and no token', async () => {
    const required = withConfig(test.ctx, { mfaMode: 'required' })
    const person = await signUp(test.ctx)
    expect(await login(required, person)).toEqual(SETUP)
    expect(await countRows(person.userId)).toMatchObject({ sessions: 1, ceremonies: 1 })
    const only = withConfig(required, { passkeysEnabled: false })
    expect(await login(only, person)).toMatchObject({ methods: ['totp'] })
  })

  it('a passkey that nobody turned into a second factor is asked for, and recovery codes are not', async () => {
    const owner = await signUpWithFactors(test, { passkey: true, codes: true, on: false })
    const required = withConfig(test.ctx, { mfaMode: 'required' })
    expect(await login(required, owner)).toMatchObject({ mfaRequired: true, methods: ['passkey'] })
  })

  it('of a role, the others sign in without one', async () => {
    const ofStaff = withConfig(test.ctx, { mfaRequiredRoles: [1000] })
    const person = await signUp(test.ctx)
    expect(await login(ofStaff, person)).toHaveProperty('access')
    await test.database.sql`update users set role = 1000 where id = ${person.userId}`
    expect(await login(ofStaff, person)).toEqual(SETUP)
  })

  it('a sign-up makes the user and opens no session', async () => {
    const required = withConfig(test.ctx, { mfaMode: 'required' })
    const form = signUpForm()
    expect(await register(required, form)).toEqual(SETUP)
    const rows = await test.database.sql`select c.method, c.kind, (select count(*)::int from sessions s
      where s.user_id = u.id) as sessions from ceremonies c join users u on u.id = c.user_id where u.email = ${form.email}`
    expect(rows).toEqual([{ method: 'registration', kind: 'setup', sessions: 0 }])
  })

  it('a wrong password is answered as ever', async () => {
    const required = withConfig(test.ctx, { mfaMode: 'required' })
    const owner = await signUpWithFactors(test, { totp: true })
    const wrong = { email: owner.email, password: `${PASSWORD}!` }
    expect(await refusalOf(login(required, wrong))).toMatchObject({ code: 'incorrect_credentials' })
  })
})
