import {
  createTestCore,
  createTestDatabase,
  FAST_HASH,
  readClaims,
  signUp,
  TEST_SECRET_KEY,
  type TestCore,
  type TestCoreOptions,
  type TestDatabase,
} from '@latchkey/testkit'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { refreshSession } from '../../operations/auth/refresh-session.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { verifyToken } from '../../steps/verify-token.ts'
import type { StoredKey } from '../../tables/signing-keys/statements.ts'
import { SIGNING_ALGORITHMS } from '../../words/signing-algorithms.ts'
import { HOUR_SECONDS } from '../../words/time.ts'
import { decryptJwk } from './signing-key.ts'

const NEW_SECRET = 'the-secret-that-comes-after-0123456789-abcdefghijklmnopqrst'
const OVERLAP_SECONDS = 40 * 60

let database: TestDatabase
let opened: TestCore[]
beforeEach(async () => {
  database = await createTestDatabase()
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((core) => core.close()))
  await database.drop()
})

/** Opens another server on the same database. */
async function open(options: TestCoreOptions = {}): Promise<TestCore> {
  const core = await createTestCore({ database, passwordHash: FAST_HASH, ...options })
  opened.push(core)
  return core
}

async function listKeys() {
  return database.sql<{ kid: string; algorithm: string; status: string }[]>`
    select kid, algorithm, status from signing_keys order by status, created_at`
}

async function statusOf(server: TestCore, token: string): Promise<string> {
  return (await verifyToken(server.ctx, token, 'access')).status
}

describe('the first start', () => {
  it('creates one active and one next key, and publishes both', async () => {
    const { core, ctx } = await open()
    expect((await listKeys()).map((key) => key.status)).toEqual(['active', 'next'])
    const kids = core.jwks().keys.map((key) => key.kid)
    expect(new Set(kids)).toEqual(new Set((await listKeys()).map((key) => key.kid)))
    expect(kids).toContain(ctx.keys.active().kid)
  })

  it('of six servers at once on an empty database creates one set of keys for all', async () => {
    const servers = await Promise.all(Array.from({ length: 6 }, () => open()))
    expect(new Set(servers.map(({ ctx }) => ctx.keys.active().kid)).size).toBe(1)
    expect(await listKeys()).toHaveLength(2)
    const { tokens } = await signUp((servers[0] as TestCore).ctx)
    for (const server of servers) expect(await statusOf(server, tokens.access)).toBe('valid')
  })

  it('creates the keys, and a later start creates none', async () => {
    const before = (await open()) && (await listKeys())
    await open()
    expect(await listKeys()).toEqual(before)
  })
})

describe('each algorithm', () => {
  it.each(SIGNING_ALGORITHMS)(
    'signs, verifies and refreshes, and publishes no private half: %s',
    async (alg) => {
      const { core, ctx } = await open({ jwtAlgorithm: alg })
      const { tokens, userId } = await signUp(ctx)
      expect(decodeProtectedHeader(tokens.access)).toEqual({ alg, kid: ctx.keys.active().kid, typ: 'JWT' })
      expect(await authenticate(ctx, tokens.access)).toMatchObject({ userId })
      await expect(refreshSession(ctx, tokens)).resolves.toBeDefined()
      expect(await verifyToken(ctx, tokens.refresh, 'access')).toEqual({ status: 'wrong_type' })
      const { keys } = core.jwks()
      expect(keys).toHaveLength(alg === 'HS256' ? 0 : 2)
      for (const key of keys) {
        expect(key).toMatchObject({ alg, use: 'sig' })
        for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'key_ops', 'ext']) {
          expect(key).not.toHaveProperty(member)
        }
      }
      if (keys.length > 0) await jwtVerify(tokens.access, createLocalJWKSet({ keys }))
    },
  )

  it('can replace another: new tokens use the new algorithm, and old tokens still verify', async () => {
    const before = await open()
    const { tokens } = await signUp(before.ctx)
    const after = await open({ jwtAlgorithm: 'EdDSA' })
    expect(await statusOf(after, tokens.access)).toBe('valid')
    const renewed = await refreshSession(after.ctx, tokens)
    expect(decodeProtectedHeader(renewed.access).alg).toBe('EdDSA')
    expect(
      after.core
        .jwks()
        .keys.map((key) => key.alg)
        .sort(),
    ).toEqual(['ES256', 'ES256', 'EdDSA', 'EdDSA'])
    const keys = await listKeys()
    await open({ jwtAlgorithm: 'EdDSA' })
    expect(await listKeys()).toEqual(keys)
  })
})

describe('a rotation', () => {
  it('makes the published next key active, and publishes a new next key', async () => {
    const { core, ctx } = await open()
    const former = ctx.keys.active().kid
    const next = core.jwks().keys.find((key) => key.kid !== former)?.kid
    await ctx.keys.rotate({ force: true })
    expect(ctx.keys.active().kid).toBe(next)
    expect(core.jwks().keys.map((key) => key.kid)).toContain(former)
    expect(core.jwks().keys).toHaveLength(3)
    expect((await listKeys()).map((key) => key.status)).toEqual(['active', 'next', 'retired'])
  })

  it('is refused until the tokens of the former key have expired, unless it is forced', async () => {
    const { ctx, clock } = await open({ config: { accessTokenLifetimeSeconds: 30 * 60 } })
    expect(await ctx.keys.rotate({ force: false })).toBeNull()
    const before = await listKeys()
    clock.seconds += OVERLAP_SECONDS - 5
    const until = await ctx.keys.rotate({ force: false })
    expect(until?.getTime()).toBeGreaterThan(Date.now())
    expect(await listKeys()).toEqual(before)
    expect(await ctx.keys.rotate({ force: true })).toBeNull()
    clock.seconds += OVERLAP_SECONDS + 1
    expect(await ctx.keys.rotate({ force: false })).toBeNull()
  })

  it('on three servers at once rotates the keys once, unless it is forced', async () => {
    const servers = await Promise.all([open(), open(), open()])
    const turns = await Promise.all(servers.map(({ ctx }) => ctx.keys.rotate({ force: false })))
    expect(turns.filter((until) => until === null)).toHaveLength(1)
    expect((await listKeys()).map((key) => key.status)).toEqual(['active', 'next', 'retired'])
  })

  it('keeps the retired key until the overlap ends, and then drops it', async () => {
    const server = await open({ config: { accessTokenLifetimeSeconds: 30 * 60 } })
    const { tokens } = await signUp(server.ctx)
    await server.ctx.keys.rotate({ force: true })
    expect(await statusOf(server, tokens.access)).toBe('valid')
    server.clock.seconds += OVERLAP_SECONDS - 60
    expect(await statusOf(server, tokens.access)).toBe('expired')
    server.clock.seconds += 120
    await expect.poll(() => statusOf(server, tokens.access)).toBe('invalid')
    expect(server.core.jwks().keys).toHaveLength(2)
  })

  it.each([6, 61])('reaches a server that only verifies, after %i s', async (seconds) => {
    const [rotating, verifying] = [await open(), await open()]
    await rotating.ctx.keys.rotate({ force: true })
    await rotating.ctx.keys.rotate({ force: true })
    const { tokens } = await signUp(rotating.ctx)
    verifying.clock.seconds += seconds
    const statuses = await Promise.all([1, 2, 3].map(() => statusOf(verifying, tokens.access)))
    expect(statuses).toEqual(['valid', 'valid', 'valid'])
  })

  it('reaches a server that only publishes keys, after a minute', async () => {
    const [rotating, publishing] = [await open(), await open()]
    await rotating.ctx.keys.rotate({ force: true })
    await rotating.ctx.keys.rotate({ force: true })
    publishing.clock.seconds += 61
    const kidsOf = ({ core }: TestCore) => core.jwks().keys.map((key) => key.kid)
    kidsOf(publishing)
    await expect.poll(() => kidsOf(publishing)).toEqual(kidsOf(rotating))
  })

  it('reaches a server that only signs, after a minute', async () => {
    const [rotating, signing] = [await open(), await open()]
    await rotating.ctx.keys.rotate({ force: true })
    signing.clock.seconds += 61
    signing.ctx.keys.active()
    await expect.poll(() => signing.ctx.keys.active().kid).toBe(rotating.ctx.keys.active().kid)
  })

  it.each([-HOUR_SECONDS, HOUR_SECONDS])(
    'reaches a server whose clock was set by %i s meanwhile: its age is no time of day',
    async (setSeconds) => {
      const [rotating, verifying] = [await open(), await open()]
      await rotating.ctx.keys.rotate({ force: true })
      await rotating.ctx.keys.rotate({ force: true })
      const { tokens } = await signUp(rotating.ctx)
      const now = Date.now.bind(Date)
      const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + setSeconds * 1000)
      try {
        verifying.clock.seconds += 6
        expect(await statusOf(verifying, tokens.access)).toBe(setSeconds < 0 ? 'valid' : 'expired')
        rotating.clock.seconds += 61
        await rotating.ctx.keys.rotate({ force: true })
        verifying.clock.seconds += 61
        verifying.ctx.keys.active()
        await expect.poll(() => verifying.ctx.keys.active().kid).toBe(rotating.ctx.keys.active().kid)
      } finally {
        spy.mockRestore()
      }
    },
  )

  it('on three servers at once leaves one active and one next key', async () => {
    const servers = await Promise.all([open(), open(), open()])
    await Promise.all(servers.map(({ ctx }) => ctx.keys.rotate({ force: true })))
    const statuses = (await listKeys()).map((key) => key.status)
    expect(statuses).toEqual(['active', 'next', 'retired', 'retired', 'retired'])
  })
})

describe('tokens with an unknown key', () => {
  it('keep no token of a known key waiting while they make the server read the keys', async () => {
    const { ctx, clock } = await open()
    clock.seconds += 6
    const answers: string[] = []
    const find = (name: string, kid: string) => ctx.keys.find(kid).then(() => answers.push(name))
    await Promise.all([find('unknown', 'unknown'), find('known', ctx.keys.active().kid)])
    expect(answers).toEqual(['known', 'unknown'])
  })

  it('read the database at most once in 5 s, however many they are', async () => {
    const unknown = await signUnknown()
    const server = await open()
    const reads = await countReads(async () => {
      for (let i = 0; i < 20; i++) expect(await statusOf(server, unknown)).toBe('invalid')
    })
    expect(reads).toBe(0)
    server.clock.seconds += 6
    expect(
      await countReads(async () => {
        for (let i = 0; i < 20; i++) expect(await statusOf(server, unknown)).toBe('invalid')
      }),
    ).toBe(1)

    async function countReads(work: () => Promise<void>): Promise<number> {
      let reads = 0
      const { db } = server.ctx
      const select = db.select.bind(db)
      db.select = ((...columns: []) => {
        reads++
        return select(...columns)
      }) as typeof db.select
      await work()
      db.select = select
      return reads
    }
  })
})

/** Opens a server on another database, with other keys. */
async function createOther(): Promise<TestCore> {
  const other = await createTestCore()
  opened.push(other)
  return other
}

describe('a replaced secret', () => {
  it('decrypts what the former secret encrypted, and encrypts it under the new secret', async () => {
    const before = await open()
    const { tokens } = await signUp(before.ctx)
    const between = await open({ secretKey: NEW_SECRET, secretKeyFallbacks: [TEST_SECRET_KEY] })
    expect(between.ctx.keys.active().kid).toBe(before.ctx.keys.active().kid)
    expect(await statusOf(between, tokens.access)).toBe('valid')
    const renewed = await refreshSession(between.ctx, tokens)
    const after = await open({ secretKey: NEW_SECRET })
    expect(await statusOf(after, tokens.access)).toBe('valid')
    await expect(refreshSession(after.ctx, renewed)).resolves.toBeDefined()
  })

  it('stops the start when SECRET_KEY_FALLBACKS lacks the former secret, and changes no key', async () => {
    await open()
    const before = await database.sql`select * from signing_keys order by kid`
    await expect(open({ secretKey: NEW_SECRET })).rejects.toThrow(
      /encrypted under another SECRET_KEY; add the former one to SECRET_KEY_FALLBACKS/,
    )
    expect(await database.sql`select * from signing_keys order by kid`).toEqual(before)
  })
})

function collectLog() {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  return { lines, log }
}

/** Signs an access token with a key that the servers under test do not have. */
async function signUnknown(): Promise<string> {
  return (await signUp((await createOther()).ctx)).tokens.access
}

describe('servers that replace the secret one after another', () => {
  it('do not stop a server without the new secret, which logs the problem once', async () => {
    const { lines, log } = collectLog()
    const before = await open({ log })
    const { tokens } = await signUp(before.ctx)
    const after = await open({ secretKey: NEW_SECRET, secretKeyFallbacks: [TEST_SECRET_KEY] })
    const bad = await signUnknown()
    for (let i = 0; i < 3; i++) {
      before.clock.seconds += 61
      expect(await statusOf(before, bad)).toBe('invalid')
      expect(await statusOf(before, tokens.access)).toBe('valid')
    }
    await after.ctx.keys.rotate({ force: true })
    for (let i = 0; i < 3; i++) {
      before.clock.seconds += 61
      expect(await statusOf(before, bad)).toBe('invalid')
    }
    expect(await statusOf(before, tokens.access)).toBe('valid')
    expect(lines.filter((line) => line.includes('SECRET_KEY_FALLBACKS'))).toHaveLength(1)
  })

  it('can restart in any order when each knows both secrets', async () => {
    await open({ secretKeyFallbacks: [NEW_SECRET] })
    const swapped = await open({ secretKey: NEW_SECRET, secretKeyFallbacks: [TEST_SECRET_KEY] })
    const again = await open({ secretKeyFallbacks: [NEW_SECRET] })
    const { tokens } = await signUp(again.ctx)
    expect(await statusOf(swapped, tokens.access)).toBe('valid')
    await expect(refreshSession(swapped.ctx, tokens)).resolves.toBeDefined()
  })
})

it('a token with an unknown key is refused while the keys cannot be read, and no parameters are logged', async () => {
  const { lines, log } = collectLog()
  const server = await open({ log })
  const bad = await signUnknown()
  await database.sql`alter table signing_keys rename to hidden`
  server.clock.seconds += 61
  expect(await statusOf(server, bad)).toBe('invalid')
  expect(lines.join('')).toContain('signing keys could not be read again')
  expect(lines.join('')).not.toMatch(/params/)
  await database.sql`alter table hidden rename to signing_keys`
})

describe('the private halves', () => {
  it.each(SIGNING_ALGORITHMS)('are encrypted in the database: %s', async (jwtAlgorithm) => {
    const { ctx } = await open({ jwtAlgorithm })
    const rows = await database.sql<StoredKey[]>`
      select kid, algorithm, public_jwk "publicJwk", private_jwe "privateJwe" from signing_keys`
    const text = JSON.stringify(await database.sql`select to_jsonb(k)::text from signing_keys k`)
    for (const row of rows) {
      const { d, p, k } = await decryptJwk(row, ctx.secrets['signing-key'])
      const secrets = [d, p, k].filter((member) => member !== undefined)
      expect(secrets.length).toBeGreaterThan(0)
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })

  it.each(SIGNING_ALGORITHMS)('cannot be exported from a running key ring: %s', async (jwtAlgorithm) => {
    const { ctx } = await open({ jwtAlgorithm })
    const { publicJwk, verifyKey, ...rest } = ctx.keys.active()
    expect(Object.values(rest).map((value) => typeof value)).toEqual(['string', 'string', 'function'])
    expect(['public', 'secret']).toContain(verifyKey.type)
    if (publicJwk === null) await expect(crypto.subtle.exportKey('jwk', verifyKey)).rejects.toThrow()
    else expect(publicJwk).not.toHaveProperty('d')
  })
})

it('a token expires by the clock of the core, which tests can shift', async () => {
  const server = await open()
  const { tokens } = await signUp(server.ctx)
  server.clock.seconds += HOUR_SECONDS
  expect(await statusOf(server, tokens.access)).toBe('expired')
  expect(readClaims(tokens.access).exp).toBeLessThan(server.ctx.clock.epochSeconds())
})
