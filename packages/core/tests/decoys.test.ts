import {
  createMailingCore,
  createTestCore,
  type MailingCore,
  newEmail,
  refusalOf,
  signUp,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import type { HashCheck } from '../src/services/read-check.ts'
import { readForeignHash } from '../src/words/foreign-hash.ts'
import { workOf } from '../src/words/foreign-hashes/work.ts'

const SALT = 'c2FsdHNhbHRzYWx0'
const PBKDF2 = (iterations: number) =>
  `pbkdf2_sha256$${iterations}$${SALT}$${Buffer.alloc(32).toString('base64')}`
const FORMATS = [
  PBKDF2(1000),
  PBKDF2(2000),
  `bcrypt_sha256$$2b$04$${'a'.repeat(53)}`,
  `scrypt$1024$${SALT}$8$1$${Buffer.alloc(64).toString('base64')}`,
  `argon2$argon2id$v=19$m=64,t=1,p=1$${SALT}$${'A'.repeat(43)}`,
  `latchkey-wrap$md5$${SALT}$$argon2id$v=19$m=64,t=1,p=1$${SALT}$${'A'.repeat(43)}`,
  `latchkey-firebase$n=10,r=1,p=1$Bw==$${Buffer.alloc(64).toString('base64')}$${SALT}$${Buffer.alloc(64).toString('base64')}`,
]
const PROBES = 4000
const OURS = 'ours'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  await test.database.sql`delete from users`
  await test.database.sql`delete from imports`
})
afterAll(() => test.close())

/** Stores users with a hash each. */
async function store(hash: string, count: number): Promise<void> {
  await test.database.sql`
    insert into users (id, email, password_hash) select gen_random_uuid(), gen_random_uuid() || '@example.com', ${hash}
    from generate_series(1, ${count})`
}

/** The names of the work that addresses cost. */
async function worksOf(emails: string[]): Promise<string[]> {
  await test.ctx.decoys.refresh()
  return Promise.all(
    emails.map(async (email) => {
      const decoy = await test.ctx.decoys.of(email)
      return decoy === null ? OURS : nameOf(decoy)
    }),
  )
}

function nameOf(stored: string): string {
  const hash = readForeignHash(stored)
  if ('refused' in hash) throw new Error(`${stored} is refused`)
  return workOf(hash)
}

const emailsOf = (count: number) => Array.from({ length: count }, () => newEmail())

function shareOf(works: string[], name: string): number {
  return works.filter((work) => work === name).length / works.length
}

describe('unknown addresses', () => {
  it('cost what users cost, by format and parameters, in the same shares', async () => {
    const counts = FORMATS.map((format, i) => [format, 10 * (i + 1)] as const)
    for (const [format, count] of counts) await store(format, count)
    await store('!', 50)
    await store(await test.ctx.hasher.hash('x'), 120)
    const total = 120 + counts.reduce((sum, [, count]) => sum + count, 0)
    const works = await worksOf(emailsOf(PROBES))
    for (const [format, count] of counts)
      expect(Math.abs(shareOf(works, nameOf(format)) - count / total), format).toBeLessThan(0.035)
    expect(Math.abs(shareOf(works, OURS) - 120 / total)).toBeLessThan(0.035)
  })

  it('all cost a hash of ours where nobody was moved in', async () => {
    await store(await test.ctx.hasher.hash('x'), 5)
    expect(new Set(await worksOf(emailsOf(200)))).toEqual(new Set([OURS]))
  })

  it('all cost a hash of ours where the foreign hashes can be checked by nothing', async () => {
    await store('!', 5)
    await store('md5$salt$5ba90f8276dfea9707851ba5594fa58c', 5)
    await store('', 5)
    expect(new Set(await worksOf(emailsOf(200)))).toEqual(new Set([OURS]))
  })

  it('keep their cost while users sign in, and turn from foreign to ours once', async () => {
    const [a = '', b = '', c = ''] = FORMATS
    for (const format of [a, b, c]) await store(format, 100)
    const came = Object.fromEntries([a, b, c].map((format) => [`work:${nameOf(format)}`, 100]))
    await test.database.sql`insert into imports (id, source, kind, started_at, finished_at, final, counts)
      values (gen_random_uuid(), 'source', 'django', now(), now(), true, ${test.database.sql.json(came)})`
    const emails = emailsOf(1000)
    let before = await worksOf(emails)
    expect(shareOf(before, OURS)).toBe(0)
    const ours = await test.ctx.hasher.hash('x')
    // Those of one format are gone first, so the shares of the others change most.
    for (const [format, some] of [
      [a, 70],
      [b, 30],
      [a, 30],
      [c, 60],
      [b, 70],
      [c, 40],
    ] as const) {
      await test.database.sql`update users set password_hash = ${ours} where id in
        (select id from users where password_hash = ${format} limit ${some})`
      const after = await worksOf(emails)
      for (const [i, work] of after.entries()) expect([before[i], OURS]).toContain(work)
      expect(shareOf(after, OURS)).toBeGreaterThan(shareOf(before, OURS))
      before = after
    }
    expect(shareOf(before, OURS)).toBe(1)
  })

  it('have one cost each, however often they are asked for and whichever server answers', async () => {
    for (const format of FORMATS) await store(format, 3)
    const emails = emailsOf(300)
    const first = await worksOf(emails)
    const other = await createTestCore({ database: test.database })
    const others = await Promise.all(emails.map((email) => other.ctx.decoys.of(email)))
    await other.close()
    expect(others.map((decoy) => (decoy === null ? OURS : nameOf(decoy)))).toEqual(first)
    expect(await worksOf(emails)).toEqual(first)
  })
})

describe('a failed sign-in', () => {
  it('costs one check of the format of the user; of an unknown, unusable or unreadable one, that of its decoy', async () => {
    for (const format of FORMATS) await store(format, 10)
    await test.ctx.decoys.refresh()
    const work: HashCheck['name'][] = []
    const { ctx } = test
    const watch = {
      ...ctx.watch,
      step: <T>(kind: string, name: () => string, run: () => Promise<T>) => {
        if (kind === 'hash') work.push(name() as HashCheck['name'])
        return run()
      },
    }
    const watched = await createTestCore({ database: test.database, watch })
    const fail = async (email: string) => {
      work.length = 0
      const refusal = await refusalOf(login(watched.ctx, { email, password: 'wrong password' }))
      expect(refusal.code).toBe('incorrect_credentials')
      return [...work]
    }
    const schemes = new Map<string, string>()
    for (const email of emailsOf(60)) {
      const decoy = await ctx.decoys.of(email)
      const read = decoy === null ? null : readForeignHash(decoy)
      const scheme = read === null ? 'argon2id' : 'scheme' in read ? read.scheme : 'none'
      expect(await fail(email), email).toEqual([scheme])
      schemes.set(scheme, email)
    }
    expect(schemes.size).toBeGreaterThan(4)
    for (const [scheme, email] of schemes) {
      for (const stored of ['!', '', 'md5$salt$5ba90f8276dfea9707851ba5594fa58c', 'pbkdf2_sha256$x']) {
        await ctx.db.execute(`delete from users where email = '${email}'`)
        await test.database
          .sql`insert into users (id, email, password_hash) values (gen_random_uuid(), ${email}, ${stored})`
        expect(await fail(email), stored).toEqual([scheme])
      }
    }
    for (const format of FORMATS) {
      const [row] = await test.database.sql`select email from users where password_hash = ${format} limit 1`
      const read = readForeignHash(format)
      expect(await fail(row?.email)).toEqual(['scheme' in read && read.scheme])
    }
    await watched.close()
  })
})

it('a resend with a password costs one hash, that of a failed sign-in with the address, whoever has it', async () => {
  for (const format of FORMATS) await store(format, 10)
  await store(await test.ctx.hasher.hash('x'), 20)
  await store('!', 10)
  const core = await createTestCore({ database: test.database })
  await core.ctx.decoys.refresh()
  const ctx = withConfig(core.ctx, { emailVerification: 'mandatory' })
  const work: string[] = []
  const watched = {
    ...ctx,
    hasher: {
      ...ctx.hasher,
      verify: (...[stored, typed, options]: Parameters<typeof ctx.hasher.verify>) => {
        const checked = stored !== null && ctx.hasher.canCheck(stored) ? stored : options?.decoy
        work.push(checked ? checked.split('$', 2).join('$') : OURS)
        return ctx.hasher.verify(stored, typed, options)
      },
    },
  }
  const known = await test.database.sql<{ email: string }[]>`select email from users`
  for (const email of [...known.map((row) => row.email), ...emailsOf(30)]) {
    work.length = 0
    const before = ctx.hasher.count
    await refusalOf(login(watched, { email, password: 'wrong password' }))
    await resendVerification(watched, { email, password: 'wrong password' })
    expect(work, email).toEqual([work[0], work[0]])
    expect(ctx.hasher.count - before).toBe(2)
  }
  await core.close()
})

it('a spoilt hash among many of one work takes no decoy away', async () => {
  const [format = ''] = FORMATS
  await store(format, 5)
  await store(format.slice(0, format.lastIndexOf('$') + 1), 1)
  expect(new Set(await worksOf(emailsOf(20)))).toEqual(new Set([nameOf(format)]))
})

it('the database names the work of a hash as the server does', async () => {
  const { countForeignWork } = await import('../src/tables/users/foreign-work.ts')
  for (const format of FORMATS) await store(format, 1)
  await store('unknown$1$2', 1)
  const { works } = await countForeignWork(test.ctx.db)
  expect(works.map(({ work }) => work).toSorted()).toEqual([...FORMATS.map(nameOf), 'unknown'].toSorted())
  expect(works.find(({ work }) => work === nameOf(PBKDF2(2000)))?.samples).toContain(PBKDF2(2000))
})

it('a person who signs up is none of those who were moved in', async () => {
  const person = await signUp(test.ctx)
  const [row] = await test.database.sql`select password_form from users where id = ${person.userId}`
  expect(row?.password_form).toBe(0)
})
