import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { TotpFactorId, UserId } from '../../words/ids.ts'
import { countForeignSecrets, listOutdatedSecrets, replaceSeal } from './seals.ts'
import {
  confirmPendingSecret,
  deleteTotpFactor,
  findPendingSecret,
  findTotpFactor,
  useTotpStep,
} from './statements.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other] = [] as unknown as [UserId, UserId]
beforeEach(async () => {
  await test.database.sql`delete from totp_factors`
  ;[own, other] = [await rows.addUser(), await rows.addUser()].sort() as [UserId, UserId]
})

const PENDING = { pending_jwe: 'waiting', pending_expires_at: inSeconds(3600) }

/** Gives a user a confirmed app, and returns its id. */
async function addApp(user_id: UserId, changes: object = {}): Promise<TotpFactorId> {
  const id = newId<TotpFactorId>()
  const row = {
    user_id,
    id,
    secret_jwe: 'new:secret',
    last_step: 5,
    confirmed_at: inSeconds(-60),
    ...changes,
  }
  await rows.insert('totp_factors', row)
  return id
}
async function read(user_id: UserId) {
  const [row] = await test.database.sql`select * from totp_factors where user_id = ${user_id}`
  return row
}

describe('a secret that waits', () => {
  const confirm = (userId: UserId, seen = 'waiting') =>
    confirmPendingSecret(test.ctx.db, test.ctx.clock, { userId, seen, step: 7 })
  const find = () => findPendingSecret(test.ctx.db, test.ctx.clock, own)

  it('comes in force for its user alone', async () => {
    await rows.insert('totp_factors', { user_id: own, ...PENDING })
    await rows.insert('totp_factors', { user_id: other, ...PENDING })
    expect(await find()).toMatchObject({ sealed: 'waiting' })
    expect(await findTotpFactor(test.ctx.db, own)).toBeNull()
    expect(await confirm(own)).toBe(true)
    expect(await read(own)).toMatchObject({ secret_jwe: 'waiting', pending_jwe: null })
    expect(await read(other)).toMatchObject({ secret_jwe: null, pending_jwe: 'waiting' })
  })

  it('stays when another one was seen', async () => {
    await rows.insert('totp_factors', { user_id: own, ...PENDING })
    expect(await confirm(own, 'former')).toBe(false)
    expect(await read(own)).toMatchObject({ secret_jwe: null, pending_jwe: 'waiting' })
  })

  it('is neither found nor confirmed after its expiry', async () => {
    await rows.insert('totp_factors', { user_id: own, ...PENDING, pending_expires_at: inSeconds(-1) })
    expect([await find(), await confirm(own)]).toEqual([null, false])
  })
})

describe('a step of an app', () => {
  const use = (userId: UserId, id: TotpFactorId, step = 6) =>
    useTotpStep(test.ctx.db, test.ctx.clock, { userId, id, step, sealed: 'new:again' })

  it('is used once, in the app of its user', async () => {
    const [id] = [await addApp(own), await addApp(other)]
    expect([await use(own, id), await use(own, id)]).toEqual([true, false])
    expect(await read(other)).toMatchObject({ secret_jwe: 'new:secret' })
  })

  it.each(['another user', 'an app that was replaced'])('is not used for %s', async (whose) => {
    const id = await addApp(own)
    const used = whose === 'another user' ? use(other, id) : use(own, newId<TotpFactorId>())
    expect(await used).toBe(false)
    expect(await read(own)).toMatchObject({ secret_jwe: 'new:secret' })
  })
})

it('the app of a user goes alone', async () => {
  await addApp(own)
  await addApp(other)
  await deleteTotpFactor(test.ctx.db, own)
  expect([await findTotpFactor(test.ctx.db, own), await findTotpFactor(test.ctx.db, other)]).toEqual([
    null,
    expect.objectContaining({ secretJwe: 'new:secret' }),
  ])
})

describe('secrets under a former key', () => {
  const list = (after: UserId | null, limit = 9) =>
    listOutdatedSecrets(test.ctx.db, { seal: 'new:', after, limit })

  it('are counted, all of them or among the first ones', async () => {
    await addApp(own)
    await addApp(other, { secret_jwe: 'old:secret' })
    await rows.insert('totp_factors', { user_id: await rows.addUser(), ...PENDING })
    const counts = [undefined, 1].map((examined) => countForeignSecrets(test.ctx.db, ['new:'], examined))
    expect(await Promise.all(counts)).toEqual([1, 0])
    expect(await countForeignSecrets(test.ctx.db, ['new:', 'old:'])).toBe(0)
  })

  it('are listed in pages', async () => {
    const [first, second] = [
      await addApp(own, { secret_jwe: 'old:one' }),
      await addApp(other, { secret_jwe: 'old:two' }),
    ]
    await addApp(await rows.addUser())
    expect((await list(null)).map(({ id }) => id)).toEqual([first, second])
    expect((await list(null, 1)).map(({ id }) => id)).toEqual([first])
    expect((await list(own)).map(({ id }) => id)).toEqual([second])
  })

  it('are replaced when they are still the same', async () => {
    const id = await addApp(own, { secret_jwe: 'old:one' })
    await addApp(other, { secret_jwe: 'old:one' })
    const replace = (changes: object) =>
      replaceSeal(test.ctx.db, { userId: own, id, secretJwe: 'old:one', ...changes }, 'new:one')
    const wrong = [{ userId: other }, { id: newId() }, { secretJwe: 'old:former' }]
    for (const changes of wrong) expect(await replace(changes)).toBe(false)
    expect(await replace({})).toBe(true)
    expect([(await read(own))?.secret_jwe, (await read(other))?.secret_jwe]).toEqual(['new:one', 'old:one'])
  })
})
