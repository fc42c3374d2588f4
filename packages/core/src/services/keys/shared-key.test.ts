import { randomUUID } from 'node:crypto'
import {
  createTestCore,
  createTestDatabase,
  logIn,
  type Person,
  readClaims,
  signUp,
  TEST_SECRET_KEY,
  type TestCore,
  type TestCoreOptions,
  type TestDatabase,
} from '@latchkey/testkit'
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refreshSession } from '../../operations/auth/refresh-session.ts'
import { verifyToken } from '../../steps/verify-token.ts'

/** A secret as Django makes it. */
const SECRET = 'django-insecure-ü+vr9f(j#z%1l@7=q_k3^w6x!m2n*b$5'
/** What a service that verifies with the secret knows. */
const KEY = new TextEncoder().encode(SECRET)

let database: TestDatabase
let opened: TestCore[]
let test: TestCore
let person: Person
beforeEach(async () => {
  database = await createTestDatabase()
  opened = []
  test = await open()
  person = await signUp(test.ctx)
})
afterEach(async () => {
  await Promise.all(opened.map((core) => core.close()))
  await database.drop()
})

/** Opens another server on the same database. */
async function open(options: TestCoreOptions = {}): Promise<TestCore> {
  const core = await createTestCore({ database, jwtAlgorithm: 'HS256', ...options })
  opened.push(core)
  return core
}

const listKeys = () => database.sql`select * from signing_keys order by kid`
const verdictOf = async (token: string, wanted: 'access' | 'refresh' = 'access') =>
  (await verifyToken(test.ctx, token, wanted)).status
const sign = (claims: object, header: { kid?: string } = {}) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header }).sign(KEY)

describe('the secret of a former deployment', () => {
  it('signs access tokens that its services verify, and that the server knows by their key id', async () => {
    const kid = await test.ctx.keys.share(SECRET)
    const { access } = await logIn(test.ctx, person)
    expect(decodeProtectedHeader(access)).toEqual({ alg: 'HS256', typ: 'JWT', kid })
    const { payload } = await jwtVerify(access, KEY, {
      algorithms: ['HS256'],
      audience: test.ctx.config.publicUrl,
    })
    expect(payload).toMatchObject({ token_type: 'access', user_id: person.userId })
    expect(await verdictOf(access)).toBe('valid')
  })

  it('leaves the tokens of the former key valid, and no refresh token verifies with it', async () => {
    await test.ctx.keys.share(SECRET)
    expect(await verdictOf(person.tokens.access)).toBe('valid')
    const { refresh } = await refreshSession(test.ctx, person.tokens)
    await expect(jwtVerify(refresh, KEY)).rejects.toThrow('signature verification failed')
  })

  it('makes no token of the former deployment one of ours, with and without the key id', async () => {
    const kid = await test.ctx.keys.share(SECRET)
    const times = { iat: test.ctx.clock.epochSeconds(), exp: test.ctx.clock.epochSeconds() + 600 }
    for (const token_type of ['access', 'refresh'] as const) {
      const names = { jti: randomUUID().replaceAll('-', ''), session: randomUUID().replaceAll('-', '') }
      const former = { token_type, user_id: '1', role: 900, ...names, ...times }
      expect(await verdictOf(await sign(former), token_type)).toBe('invalid')
      expect(await verdictOf(await sign(former, { kid }), token_type)).toBe('invalid')
    }
  })

  it('signs no refresh token, although a service could forge an access token with it', async () => {
    const kid = await test.ctx.keys.share(SECRET)
    const claims = readClaims(person.tokens.access)
    expect(await verdictOf(await sign(claims, { kid }))).toBe('valid')
    const refresh = readClaims(person.tokens.refresh)
    expect(await verdictOf(await sign(refresh, { kid }), 'refresh')).toBe('invalid')
    expect(await verdictOf(await sign(claims, { kid }), 'refresh')).toBe('wrong_type')
    expect(await verdictOf(await sign(claims))).toBe('invalid')
  })

  it('is one key, however often it is given', async () => {
    const kid = await test.ctx.keys.share(SECRET)
    const before = await listKeys()
    expect(before.map(({ status }) => status).sort()).toEqual(['active', 'next', 'retired', 'retired'])
    expect(await test.ctx.keys.share(SECRET)).toBe(kid)
    expect(await listKeys()).toEqual(before)
    expect(await test.ctx.keys.share(`${SECRET}, another`)).not.toBe(kid)
  })

  it('lies sealed in the database, and is opened after a change of SECRET_KEY', async () => {
    const kid = await test.ctx.keys.share(SECRET)
    const dump = JSON.stringify(await listKeys())
    for (const text of [SECRET, Buffer.from(SECRET).toString('base64url')]) expect(dump).not.toContain(text)
    const secretKey = 'the-secret-that-comes-after-0123456789-abcdefghijklmnopqrst'
    const { ctx } = await open({ secretKey, secretKeyFallbacks: [TEST_SECRET_KEY] })
    expect(ctx.keys.active().kid).toBe(kid)
    await jwtVerify((await logIn(ctx, person)).access, KEY)
  })

  it('is retired by the start with another algorithm, and its last tokens verify until they expire', async () => {
    await test.ctx.keys.share(SECRET)
    const { access } = await logIn(test.ctx, person)
    test = await open({ jwtAlgorithm: 'ES256' })
    expect(test.ctx.keys.active()).toMatchObject({ algorithm: 'ES256' })
    expect(await verdictOf(access)).toBe('valid')
    test.clock.seconds = test.ctx.config.accessTokenLifetimeSeconds
    expect(await verdictOf(access)).toBe('expired')
  })

  it.each([
    ['of 31 bytes', 'x'.repeat(31), 'HS256', 'The secret has 31 bytes; HS256 needs 32 to 1024.'],
    ['of 1025 bytes', 'x'.repeat(1025), 'HS256', 'The secret has 1025 bytes'],
    ['with JWT_ALGORITHM=ES256', SECRET, 'ES256', 'JWT_ALGORITHM is ES256, so the next start'],
  ] as const)('%s is refused, and nothing is written', async (_, secret, jwtAlgorithm, sentence) => {
    const { ctx } = await open({ jwtAlgorithm })
    const before = await listKeys()
    await expect(ctx.keys.share(secret)).rejects.toThrow(sentence)
    expect(await listKeys()).toEqual(before)
  })

  it('is named in the list of keys, and warned of at each start while it signs', async () => {
    const logged: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) })
    await open({ log })
    expect(logged).toEqual([])
    const kid = await test.ctx.keys.share(SECRET)
    await open({ log })
    expect(logged.join()).toContain('each of them can sign access tokens')
    expect(logged.join()).not.toContain(SECRET)
    const shared = (await test.ctx.keys.list()).filter(({ isShared }) => isShared)
    expect(shared).toMatchObject([{ kid, status: 'active', algorithm: 'HS256' }])
  })
})
