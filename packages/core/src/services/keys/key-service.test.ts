import {
  createTestCore,
  createTestDatabase,
  signUp,
  type TestCore,
  type TestCoreOptions,
  type TestDatabase,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refreshSession } from '../../operations/auth/refresh-session.ts'
import { verifyToken } from '../../steps/verify-token.ts'
import { DAY_SECONDS } from '../../words/time.ts'

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

async function open(options: TestCoreOptions = {}): Promise<TestCore> {
  const core = await createTestCore({ database, ...options })
  opened.push(core)
  return core
}

const kidsOf = async ({ ctx }: TestCore) =>
  (await ctx.keys.list()).map(({ kid, status }) => `${status} ${kid}`)

async function statusOf(server: TestCore, token: string): Promise<string> {
  return (await verifyToken(server.ctx, token, 'access')).status
}

describe('a key that has signed for its lifetime', () => {
  const OLD = { signingKeyLifetimeSeconds: 30 * DAY_SECONDS }

  it('gives way to the key that was published as long, once for three servers at once', async () => {
    const clock = { seconds: 0 }
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push(line) })
    const servers = await Promise.all([1, 2, 3].map(() => open({ ...OLD, clockShift: clock, log })))
    const [first] = servers as [TestCore]
    const [former, next] = [first.ctx.keys.active().kid, first.core.jwks().keys.at(-1)?.kid]
    clock.seconds += 30 * DAY_SECONDS - 3600
    for (const { ctx } of servers) await ctx.keys.find('unknown')
    expect(await kidsOf(first)).toEqual([`active ${former}`, `next ${next}`])
    clock.seconds += 7200
    await Promise.all(servers.map(({ ctx }) => ctx.keys.find('unknown')))
    for (const { ctx, core } of servers) {
      await expect.poll(() => ctx.keys.active().kid).toBe(next)
      expect(core.jwks().keys.map(({ kid }) => kid)).toContain(former)
      expect(ctx.keys.ageSeconds()).toBeLessThan(60)
    }
    expect((await kidsOf(first)).map((line) => line.split(' ')[0])).toEqual(['retired', 'active', 'next'])
    expect(lines.filter((line) => line.includes('keys_rotated'))).toHaveLength(1)
  })

  it('signs on when the lifetime is off, and its age is told', async () => {
    const { ctx, clock } = await open({ signingKeyLifetimeSeconds: null })
    const before = ctx.keys.active().kid
    clock.seconds += 4000 * DAY_SECONDS
    await ctx.keys.find('unknown')
    expect(ctx.keys.active().kid).toBe(before)
    expect(ctx.keys.ageSeconds() / DAY_SECONDS).toBeCloseTo(4000, 1)
  })

  it('is not looked at by a start: a command that opens the domain rotates nothing', async () => {
    const { ctx, clock } = await open(OLD)
    clock.seconds += 31 * DAY_SECONDS
    const started = await open({ ...OLD, clockShift: clock })
    expect(started.ctx.keys.active().kid).toBe(ctx.keys.active().kid)
  })
})

describe('a key that is taken out of service', () => {
  it('as the active one leaves its place to the next one: its tokens are refused, and its clients refresh', async () => {
    const server = await open()
    const { tokens } = await signUp(server.ctx)
    const [active, next] = [server.ctx.keys.active().kid, server.core.jwks().keys.at(-1)?.kid]
    expect(await server.ctx.keys.retire(active)).toBe('active')
    expect(server.ctx.keys.active().kid).toBe(next)
    expect(server.core.jwks().keys).toHaveLength(2)
    expect(server.core.jwks().keys.map(({ kid }) => kid)).not.toContain(active)
    expect(await statusOf(server, tokens.access)).toBe('invalid')
    const renewed = await refreshSession(server.ctx, tokens)
    expect(await statusOf(server, renewed.access)).toBe('valid')
  })

  it('as the next one has a successor, and as a retired one has none; no private half stays', async () => {
    const { ctx } = await open()
    const next = (await ctx.keys.list()).find(({ status }) => status === 'next')?.kid ?? ''
    expect(await ctx.keys.retire(next)).toBe('next')
    await ctx.keys.rotate({ force: true })
    const retired = (await ctx.keys.list()).find(({ status }) => status === 'retired')?.kid ?? ''
    expect(await ctx.keys.retire(retired)).toBe('retired')
    expect((await ctx.keys.list()).map(({ status }) => status)).toEqual(['active', 'next'])
    expect(
      await database.sql`select from signing_keys where kid in ${database.sql([next, retired])}`,
    ).toEqual([])
  })

  it('leaves a young next key, so a rotation is refused until services may know it', async () => {
    const { ctx, clock } = await open()
    clock.seconds += DAY_SECONDS
    await ctx.keys.retire(ctx.keys.active().kid)
    expect(await ctx.keys.rotate({ force: false })).toBeInstanceOf(Date)
    clock.seconds += DAY_SECONDS
    expect(await ctx.keys.rotate({ force: false })).toBeNull()
  })

  it('that is unknown is named as that, and nothing changes; of two at once one succeeds', async () => {
    const { ctx } = await open()
    const before = await database.sql`select * from signing_keys order by kid`
    expect(await ctx.keys.retire('unknown')).toBeNull()
    expect(await database.sql`select * from signing_keys order by kid`).toEqual(before)
    const { kid } = ctx.keys.active()
    const other = await open()
    const turns = await Promise.all([ctx.keys.retire(kid), other.ctx.keys.retire(kid)])
    expect(turns.sort()).toEqual(['active', null])
    expect((await ctx.keys.list()).map(({ status }) => status)).toEqual(['active', 'next'])
  })

  it('is refused by another server within a minute, by its first token after a quiet night too', async () => {
    const [here, there] = [await open(), await open()]
    const { tokens } = await signUp(here.ctx)
    expect(await statusOf(there, tokens.access)).toBe('valid')
    await here.ctx.keys.retire(here.ctx.keys.active().kid)
    there.clock.seconds += 61
    expect(await statusOf(there, tokens.access)).toBe('invalid')
  })
})
