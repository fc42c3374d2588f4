import { createTestCore, type Person, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyToken } from '../../steps/verify-token.ts'
import type { TokenType } from '../../words/claims.ts'
import { HOUR_SECONDS, MINUTE_SECONDS } from '../../words/time.ts'

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore({ config: { accessTokenLifetimeSeconds: HOUR_SECONDS } })
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

/** Counts the statements that read something while work is done. */
async function countReads(work: () => Promise<unknown>): Promise<number> {
  let reads = 0
  const { db } = test.ctx
  const select = db.select.bind(db)
  db.select = ((...columns: []) => {
    reads++
    return select(...columns)
  }) as typeof db.select
  await work()
  db.select = select
  return reads
}

describe('the signing keys', () => {
  it.each<[TokenType, number]>([
    ['access', 6],
    ['refresh', MINUTE_SECONDS + 1],
  ])('are not read again for a good %s token, %s seconds after they were read', async (kind, seconds) => {
    test.clock.seconds += MINUTE_SECONDS + 1
    await test.ctx.keys.find('unknown')
    test.clock.seconds += seconds
    const reads = await countReads(async () => {
      expect(await verifyToken(test.ctx, person.tokens[kind], kind)).toMatchObject({ status: 'valid' })
    })
    expect(reads).toBe(0)
  })

  it('are as old as their last rotation', async () => {
    test.clock.seconds += HOUR_SECONDS
    await test.ctx.keys.find('unknown')
    expect(test.ctx.keys.ageSeconds()).toBeGreaterThan(HOUR_SECONDS)
    await test.ctx.keys.rotate({ force: true })
    expect(test.ctx.keys.ageSeconds()).toBeLessThan(MINUTE_SECONDS)
  })
})
