import { createTestCore, newEmail, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { RegistrationId } from '../../words/ids.ts'
import { hideShadows, retirePendings } from './retire.ts'
import { extendStanding, findNewestHash, hasStandingHash } from './standing.ts'
import { findPendingOfLink, hasConfirmable } from './statements.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [email, other]: string[] = []
beforeEach(() => {
  ;[email, other] = [newEmail(), newEmail()]
})

const EXPIRED = { expires_at: inSeconds(-1) }
const SHADOW = { is_shadow: true }

/** Adds a sign-up with a link that works, both named after it. */
async function addPending(name: string, changes: object = {}, link: object = {}): Promise<RegistrationId> {
  const id = newId<RegistrationId>()
  const times = { created_at: inSeconds(-60), expires_at: inSeconds(3600) }
  const row = { id, email, password_hash: name, first_name: name, last_name: '', ...times, ...changes }
  await rows.insert('pending_registrations', row)
  const held = { token_hash: linkOf(name), purpose: 'verify_email', registration_id: id, ...times, ...link }
  await rows.insert('capabilities', { email: row.email, ...held })
  return id
}
const linkOf = (name: string) => `${email} ${name}`

/** The sign-ups that stand for the two addresses of a test, and whether each has its link. */
function listPendings() {
  return test.database.sql`
    select p.first_name, p.password_hash, p.is_shadow, c.token_hash is not null as has_link
    from pending_registrations p left join capabilities c on c.registration_id = p.id
    where p.email in (${email as string}, ${other as string}) order by p.email = ${email as string} desc, p.password_hash`
}

describe('retirePendings', () => {
  const retire = (confirmedHash?: string) =>
    retirePendings(test.ctx.db, { email: email as string, ...(confirmedHash && { confirmedHash }) })
  const kept = { first_name: 'kept', password_hash: 'kept', is_shadow: false, has_link: true }

  it('turns the sign-ups of an address into shadows without names and links', async () => {
    await addPending('one')
    await addPending('two')
    await addPending('kept', { email: other })
    await retire()
    const shadow = { first_name: '', is_shadow: true, has_link: false }
    expect(await listPendings()).toEqual([
      { ...shadow, password_hash: 'one' },
      { ...shadow, password_hash: 'two' },
      kept,
    ])
  })

  it('leaves a former shadow with its hash, and removes the confirmed hash from the others', async () => {
    const hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g'
    await addPending('former', { ...SHADOW, password_hash: hash })
    await addPending('confirmed', { password_hash: hash })
    await addPending('other')
    await retire(hash)
    const left = await listPendings()
    expect(left.filter(({ password_hash }) => password_hash === hash)).toMatchObject([
      { first_name: 'former' },
    ])
    expect(left.filter(({ password_hash }) => password_hash === 'other')).toHaveLength(1)
  })
})

it('hideShadows hides the address of its shadows alone', async () => {
  await addPending('shadow', SHADOW)
  await addPending('sign-up')
  await addPending('other', { ...SHADOW, email: other })
  await hideShadows(test.ctx.db, { email: email as string, hidden: 'hidden' })
  expect(await listPendings()).toMatchObject([{ first_name: 'sign-up' }, { first_name: 'other' }])
})

describe('what stands for an address', () => {
  it('is found by the hash of the newest', async () => {
    await addPending('older', { created_at: inSeconds(-90) })
    await addPending('newest')
    await addPending('expired', { ...EXPIRED, created_at: inSeconds(-1) })
    await addPending('other', { email: other, created_at: inSeconds(-1) })
    const found = await findNewestHash(test.ctx.db, test.ctx.clock, [email as string])
    expect(found).toMatchObject({ passwordHash: 'newest' })
  })

  it('has a hash while it stands', async () => {
    await addPending('one')
    await addPending('expired', EXPIRED)
    await addPending('other', { email: other })
    const has = (passwordHash: string) =>
      hasStandingHash(test.ctx.db, test.ctx.clock, { forms: [email as string], passwordHash })
    expect(await Promise.all(['one', 'expired', 'other'].map(has))).toEqual([true, false, false])
  })

  it('is extended alone', async () => {
    const [one, two] = [await addPending('one'), await addPending('two')]
    const extension = { ids: [one], lifetimeSeconds: 7200 }
    const extended = await extendStanding(test.ctx.db, test.ctx.clock, extension)
    expect([...extended.keys()]).toEqual([one])
    const [row] = await test.database.sql`
      select expires_at < now() + interval '1 hour' as kept from pending_registrations where id = ${two}`
    expect(row).toEqual({ kept: true })
  })
})

describe('a sign-up that waits for its link', () => {
  const find = (name: string) => findPendingOfLink(test.ctx.db, test.ctx.clock, linkOf(name))
  const waits = () => hasConfirmable(test.ctx.db, test.ctx.clock, email as string)

  it('is found by its link', async () => {
    const [one] = [await addPending('one'), await addPending('two')]
    expect(await find('one')).toMatchObject({ id: one })
    expect(await waits()).toBe(true)
  })

  it.each([
    ['of a shadow', SHADOW],
    ['of a sign-up that has expired', EXPIRED],
  ])('is not found by the link %s', async (_, changes) => {
    await addPending('one', changes)
    await addPending('other', { email: other })
    expect(await find('one')).toBeNull()
    expect(await waits()).toBe(false)
  })

  it('is not found by a used link', async () => {
    await addPending('one', {}, { used_at: inSeconds(-1) })
    expect(await find('one')).toBeNull()
  })
})
