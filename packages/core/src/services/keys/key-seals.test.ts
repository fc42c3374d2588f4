import { createTestCore, type TestCore } from '@latchkey/testkit'
import { CompactEncrypt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_SECONDS, HOUR_SECONDS } from '../../words/time.ts'
import { decryptJwk, isShared } from './signing-key.ts'

let test: TestCore
beforeEach(async () => {
  test = await createTestCore()
})
afterEach(() => test.close())

const listSeals = async () => (await test.ctx.keys.list()).map(({ seal }) => seal)

/** Seals the keys as former releases did, which noted no time. */
async function forgetTimes(): Promise<void> {
  const { 'signing-key': keys } = test.ctx.secrets
  const rows = await test.database.sql<{ kid: string; algorithm: string; privateJwe: string }[]>`
    select kid, algorithm, private_jwe "privateJwe" from signing_keys`
  for (const row of rows) {
    const jwk = await decryptJwk({ ...row, publicJwk: null }, keys)
    const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keys.current.kid })
      .encrypt(keys.current.key)
    await test.database.sql`update signing_keys set private_jwe = ${jwe} where kid = ${row.kid}`
  }
}

describe('the seal of a key', () => {
  it('says since when the present secret seals, also after many rotations', async () => {
    const [{ sealedAt } = {}] = await listSeals()
    expect(sealedAt).toBeGreaterThan(test.ctx.clock.epochSeconds() - HOUR_SECONDS)
    for (let turn = 0; turn < 3; turn++) {
      test.clock.seconds += 30 * DAY_SECONDS
      await test.ctx.keys.rotate({ force: true })
    }
    const seals = await listSeals()
    expect(seals.length).toBeGreaterThan(1)
    for (const seal of seals) expect(seal.sealedAt).toBe(sealedAt)
  })

  it('of a former release says no time, and that of a later key its own', async () => {
    await forgetTimes()
    for (const { sealedAt } of await listSeals()) expect(sealedAt).toBeNull()
    await test.ctx.keys.rotate({ force: true })
    expect((await listSeals()).at(-1)?.sealedAt).toBeGreaterThan(test.ctx.clock.epochSeconds() - HOUR_SECONDS)
  })
})

it('a key is shared by its id only if it is one of HS256: the id of another may begin so by chance', () => {
  expect(isShared({ kid: 'old-AbCdEfGh', algorithm: 'HS256' })).toBe(true)
  expect(isShared({ kid: 'old-AbCdEfGh', algorithm: 'ES256' })).toBe(false)
  expect(isShared({ kid: 'AbCdEfGhIjKl', algorithm: 'HS256' })).toBe(false)
})
