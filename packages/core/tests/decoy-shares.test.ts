import { createTestCore, newEmail, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDecoys } from '../src/services/decoys.ts'
import { MINUTE_SECONDS } from '../src/words/time.ts'

const FORMATS = [1000, 2000].map(
  (iterations) => `pbkdf2_sha256$${iterations}$c2FsdA$${Buffer.alloc(32).toString('base64')}`,
)
const [A = '', B = ''] = FORMATS

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  await test.database.sql`delete from users`
  await test.database.sql`delete from imports`
})
afterAll(() => test.close())

async function store(hash: string, count: number): Promise<void> {
  await test.database.sql`
    insert into users (id, email, password_hash) select gen_random_uuid(), gen_random_uuid() || '@example.com', ${hash}
    from generate_series(1, ${count})`
}

async function deleteSome(hash: string, count: number): Promise<void> {
  await test.database.sql`
    delete from users where id in (select id from users where password_hash = ${hash} limit ${count})`
}

const emails = Array.from({ length: 1000 }, () => newEmail())
async function readAll(): Promise<(string | null)[]> {
  await test.ctx.decoys.refresh()
  return Promise.all(emails.map((email) => test.ctx.decoys.of(email)))
}

describe('an unknown address', () => {
  it('turns to no other foreign format when users are deleted who were moved in', async () => {
    for (const format of FORMATS) await store(format, 100)
    const counts = { 'work:pbkdf2_sha256$1000': 100, 'work:pbkdf2_sha256$2000': 100 }
    await test.database.sql`insert into imports (id, source, kind, started_at, finished_at, final, counts)
      values (gen_random_uuid(), 'source', 'django', now(), now(), true, ${test.database.sql.json(counts)})`
    const before = await readAll()
    await deleteSome(A, 40)
    await deleteSome(B, 60)
    for (const [i, decoy] of (await readAll()).entries()) expect([before[i], null]).toContain(decoy)
  })

  it('seldom turns to another foreign format when that becomes the most frequent one', async () => {
    await store(A, 60)
    await store(B, 50)
    const before = await readAll()
    await store(B, 20)
    const changed = (await readAll()).filter((decoy, i) => decoy !== before[i])
    expect(changed.length).toBeLessThan(200)
  })
})

describe('the shares of the formats', () => {
  it('are read for the first address, and every ten minutes behind the answers', async () => {
    const { ctx, clock } = test
    const { decoy: keys } = ctx.secrets
    const decoys = createDecoys({ db: ctx.db, keys, hasher: ctx.hasher, clock: ctx.clock, log: ctx.log })
    const [email = ''] = emails
    await store(A, 10)
    expect(await decoys.of(email)).toBe(A)
    await test.database.sql`update users set password_hash = ${B}`
    clock.seconds += 9 * MINUTE_SECONDS
    expect(await decoys.of(email)).toBe(A)
    await decoys.settle()
    expect(await decoys.of(email)).toBe(A)
    clock.seconds += MINUTE_SECONDS
    expect(await decoys.of(email)).toBe(A)
    await decoys.settle()
    expect(await decoys.of(email)).toBe(B)
  })
})
