import {
  createTestCore,
  createTestDatabase,
  FAST_HASH,
  signUp,
  TEST_SECRET_KEY,
  type TestCore,
  type TestDatabase,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refreshSession } from '../../operations/auth/refresh-session.ts'
import { verifyToken } from '../../steps/verify-token.ts'
import { DAY_SECONDS, HOUR_SECONDS } from '../../words/time.ts'
import { deriveSecrets, type SecretPurpose } from './derived-keys.ts'
import type { SecretValues } from './live-secrets.ts'

const NEXT = 'the-secret-that-comes-next-0123456789-abcdefghijklmnopqrst'

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

/** A server whose secrets a test replaces while it runs. */
async function open() {
  let values: SecretValues | Error | null = null
  let isOnce = false
  let looks = 0
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  const core = await createTestCore({
    database,
    log,
    passwordHash: FAST_HASH,
    secretSource: async () => {
      looks++
      if (values instanceof Error) throw values
      const told = values
      if (isOnce) values = null
      return told
    },
  })
  opened.push(core)
  const put = (secretKey: string, secretKeyFallbacks: string[]) => {
    values = { secretKey, secretKeyFallbacks }
  }
  const putOnce: typeof put = (...given) => {
    isOnce = true
    put(...given)
  }
  const fail = (error: Error) => {
    values = error
  }
  return { ...core, lines, put, putOnce, fail, looks: () => looks }
}

type Server = Awaited<ReturnType<typeof open>>

/** Lets a server look at its source, as it does by itself every two seconds. */
async function look(server: Server): Promise<void> {
  server.clock.seconds += 2
  await server.ctx.secrets.mail.find('unknown')
}

const presentOf = ({ ctx }: Server) => ctx.secrets['refresh-token'].current.kid
const kidOf = (secret: string, purpose: SecretPurpose = 'refresh-token') =>
  deriveSecrets(secret, [])[purpose].current.kid

describe('a server that runs', () => {
  it('follows new secrets by itself, for every purpose and in the objects that its services hold', async () => {
    const server = await open()
    const held = { ...server.ctx.secrets }
    server.put(NEXT, [TEST_SECRET_KEY])
    await expect.poll(() => presentOf(server)).toBe(kidOf(NEXT))
    for (const purpose of Object.keys(held) as SecretPurpose[]) {
      expect(server.ctx.secrets[purpose]).toBe(held[purpose])
      expect(held[purpose].current.kid).toBe(kidOf(NEXT, purpose))
      expect([...held[purpose].accepted.keys()]).toContain(kidOf(TEST_SECRET_KEY, purpose))
    }
    expect(server.lines.join('')).toContain('secrets_replaced')
    expect(server.lines.join('')).not.toContain(NEXT)
  })

  it('goes on with the tokens of before and makes new ones under the new secret', async () => {
    const server = await open()
    const { tokens } = await signUp(server.ctx)
    server.put(NEXT, [TEST_SECRET_KEY])
    await look(server)
    const renewed = await refreshSession(server.ctx, tokens)
    expect(await verifyToken(server.ctx, renewed.access, 'access')).toMatchObject({ status: 'valid' })
    await server.ctx.keys.reseal()
    server.put(NEXT, [])
    await look(server)
    await expect(refreshSession(server.ctx, renewed)).resolves.toBeDefined()
    expect(await verifyToken(server.ctx, tokens.refresh, 'refresh')).toEqual({ status: 'invalid' })
  })

  it('takes a token of a server that has the new secret a moment earlier', async () => {
    const [early, late] = [await open(), await open()]
    early.put(NEXT, [TEST_SECRET_KEY])
    await look(early)
    const { tokens } = await signUp(early.ctx)
    late.put(NEXT, [TEST_SECRET_KEY])
    late.clock.seconds += 2
    await expect(refreshSession(late.ctx, tokens)).resolves.toBeDefined()
  })

  it('refuses secrets that do not open the signing keys: the former ones stay, and the log says why', async () => {
    const server = await open()
    const { tokens } = await signUp(server.ctx)
    server.put(NEXT, [])
    await look(server)
    expect(presentOf(server)).toBe(kidOf(TEST_SECRET_KEY))
    expect(server.lines.join('')).toContain('secrets_refused')
    await expect(refreshSession(server.ctx, tokens)).resolves.toBeDefined()
  })

  it('goes on when its source cannot be read, and follows it later', async () => {
    const server = await open()
    server.fail(new Error('SECRET_KEY_FILE names a file that is gone'))
    await look(server)
    expect(presentOf(server)).toBe(kidOf(TEST_SECRET_KEY))
    expect(server.lines.join('')).toContain('secrets_unreadable')
    server.put(NEXT, [TEST_SECRET_KEY])
    await look(server)
    expect(presentOf(server)).toBe(kidOf(NEXT))
  })

  it('takes secrets that came while the database was away, though the source tells of them once', async () => {
    const server = await open()
    const { sql } = database
    server.putOnce(NEXT, [TEST_SECRET_KEY])
    await sql`alter table signing_keys rename to hidden`
    await look(server)
    await look(server)
    expect(presentOf(server)).toBe(kidOf(TEST_SECRET_KEY))
    expect(server.lines.filter((line) => line.includes('secrets_unreadable'))).toHaveLength(1)
    await sql`alter table hidden rename to signing_keys`
    await look(server)
    expect(presentOf(server)).toBe(kidOf(NEXT))
  })

  it('takes a token under the new secret also while it reads that secret for another token', async () => {
    const server = await open()
    server.put(NEXT, [TEST_SECRET_KEY])
    server.clock.seconds += 2
    const found = await Promise.all([1, 2].map(() => server.ctx.secrets.mail.find(kidOf(NEXT, 'mail'))))
    expect(found.map((key) => key !== null)).toEqual([true, true])
  })

  it('takes no secret twice: the log has each change once', async () => {
    const server = await open()
    server.put(NEXT, [TEST_SECRET_KEY])
    for (let i = 0; i < 3; i++) await look(server)
    expect(server.lines.filter((line) => line.includes('secrets_replaced'))).toHaveLength(1)
  })

  it('accepts a further secret before it signs with it, and signs with it once the two change places', async () => {
    const server = await open()
    server.put(TEST_SECRET_KEY, [NEXT])
    await look(server)
    expect(presentOf(server)).toBe(kidOf(TEST_SECRET_KEY))
    expect([...server.ctx.secrets['refresh-token'].accepted.keys()]).toContain(kidOf(NEXT))
    server.put(NEXT, [TEST_SECRET_KEY])
    await look(server)
    expect(presentOf(server)).toBe(kidOf(NEXT))
  })

  it('accepts another former secret in place of one', async () => {
    const server = await open()
    for (const former of [NEXT, `${NEXT}-2`]) {
      server.put(TEST_SECRET_KEY, [former])
      await look(server)
      const { accepted } = server.ctx.secrets['refresh-token']
      expect([...accepted.keys()].sort()).toEqual([kidOf(former), kidOf(TEST_SECRET_KEY)].sort())
    }
  })

  it('notes since when the new secret seals, and not since when the former one did', async () => {
    const server = await open()
    server.clock.seconds += DAY_SECONDS
    server.put(NEXT, [TEST_SECRET_KEY])
    await look(server)
    await server.ctx.keys.rotate({ force: true })
    const [next] = (await server.ctx.keys.list()).filter(({ status }) => status === 'next')
    expect(next?.seal.kid).toBe(kidOf(NEXT, 'signing-key'))
    expect(next?.seal.sealedAt).toBeGreaterThan(server.ctx.clock.epochSeconds() - HOUR_SECONDS)
  })

  it('looks at most once a second, however many unknown tokens come', async () => {
    const server = await open()
    const before = server.looks()
    server.clock.seconds += 2
    for (let i = 0; i < 50; i++) await server.ctx.secrets.mail.find('unknown')
    expect(server.looks() - before).toBeLessThanOrEqual(2)
  })
})
