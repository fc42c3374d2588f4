import { createMailingCore, type MailingCore, newEmail, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportCase, ImportOptions } from '../src/imports/options.ts'
import type { SourceUser } from '../src/imports/records.ts'
import { runImport } from '../src/imports/run-import.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { type MadeUpSource, makeUpSession, makeUpSource, makeUpUser, RUN } from './support/made-up-source.ts'
import { newId } from './support/rows.ts'

/*
 * A stranger signs up with the address of somebody who is still to be moved in. Nobody but the owner of the mailbox proves
 * an address, so the stranger never has.
 */

let test: MailingCore
let named = 0
let email: string
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())
beforeEach(() => {
  email = newEmail()
})

type Told = (found: ImportCase) => unknown

async function importFrom(source: MadeUpSource, options: Partial<ImportOptions> = {}, told: Told = () => {}) {
  const cases: ImportCase[] = []
  const database = { url: test.database.url, poolSize: 1, prepare: true }
  const outcome = await runImport(test.ctx, database, source, {
    ...{ ...RUN, ...options },
    onCase: async (found) => {
      cases.push(found)
      await told(found)
    },
  })
  return { ...outcome, cases, words: cases.map(({ word }) => word) }
}

function newSource(...people: Partial<SourceUser>[]): MadeUpSource {
  const start = ++named * 1000 + 600_000
  const keyed = people.map((user, index) => ({ oldId: String(start + index + 1), email, ...user }))
  return makeUpSource(keyed, { name: `strangers ${named}` })
}

const readUser = async (address = email) =>
  (await test.database.sql`select * from users where email = ${address}`)[0]

async function signUp(address = email) {
  const names = { firstName: 'Mallory', lastName: '', language: undefined, redirectTo: undefined }
  const passwords = { password1: 'a Password of nobody 1', password2: 'a Password of nobody 1' }
  const optional = withConfig(test.ctx, { emailVerification: 'optional' })
  const ctx = { ...optional, client: { ...optional.client, ip: '203.0.113.9' } }
  await register(ctx, { email: address, ...passwords, ...names })
  return (await readUser(address))?.id as string
}

const REPLACE = { replaceUnproven: true }

describe('a sign-up here with the address of a user whose address is proven at the source', () => {
  it('stops the run, before anything is written', async () => {
    const stranger = await signUp()
    const { words, cases, id, stops } = await importFrom(newSource({}))
    expect(words).toEqual(['unproven_here'])
    expect(cases[0]?.with).toBe(stranger)
    expect(id).toBeNull()
    expect(stops).toEqual([expect.stringMatching(/--replace-unproven .*--accept-taken/)])
    expect(await readUser()).toMatchObject({ id: stranger })
  })

  it('makes way for the user of the source with --replace-unproven, and a second run changes nothing', async () => {
    const stranger = await signUp()
    const source = newSource({})
    const [{ oldId } = { oldId: '' }] = source.people
    source.live = [makeUpSession(oldId)]
    const { words, cases } = await importFrom(source, REPLACE)
    expect([words, cases[0]?.with]).toEqual([['replaced'], stranger])
    const moved = await readUser()
    expect(moved).toMatchObject({ external_id: oldId, email_verified: true, first_name: 'Ada' })
    expect(moved?.id).not.toBe(stranger)
    const sessions = await test.database
      .sql`select user_id from sessions where user_id in (${stranger}, ${moved?.id})`
    expect(sessions).toEqual([{ user_id: moved?.id }])
    expect((await importFrom(source, REPLACE)).cases).toEqual([])
    expect(await readUser()).toEqual(moved)
  })

  it('leaves its events and a deletion by the operator in the trail, without the client', async () => {
    const stranger = await signUp()
    await importFrom(newSource({}), REPLACE)
    const events = await test.database.sql`
      select actor, kind, ip from audit_events where user_id = ${stranger} order by created_at, id`
    expect(events).toContainEqual({ actor: 'self', kind: 'registered', ip: null })
    expect(events.at(-1)).toEqual({ actor: 'operator', kind: 'account_deleted', ip: null })
  })

  it('keeps the address with --accept-taken, and the user of the source is left out', async () => {
    const stranger = await signUp()
    const { words, stops } = await importFrom(newSource({}), { acceptTaken: true })
    expect([words, stops]).toEqual([['unproven_here'], []])
    expect(await readUser()).toMatchObject({ id: stranger })
  })

  it('keeps the address when it is proven while the import runs', async () => {
    const stranger = await signUp()
    const { words } = await importFrom(newSource({}), REPLACE, async ({ word }) => {
      if (word === 'replaced')
        await test.database.sql`update users set email_verified = true where id = ${stranger}`
    })
    expect(words).toEqual(['replaced', 'taken_here'])
    expect(await readUser()).toMatchObject({ id: stranger, email_verified: true })
  })

  it('makes way for a user who was moved in before and has the address at the source since', async () => {
    const source = newSource({})
    const [{ oldId } = { oldId: '' }] = source.people
    await importFrom(source)
    const { id } = (await readUser()) ?? {}
    const wanted = newEmail()
    await signUp(wanted)
    source.people = [makeUpUser({ oldId, email: wanted })]
    expect((await importFrom(source)).words).toEqual(['unproven_here'])
    expect((await importFrom(source, REPLACE)).words).toEqual(['replaced'])
    expect(await readUser(wanted)).toMatchObject({ id, external_id: oldId })
  })

  it('keeps the address from such a user with --accept-taken, and the other columns follow', async () => {
    const source = newSource({})
    const [{ oldId } = { oldId: '' }] = source.people
    await importFrom(source)
    const wanted = newEmail()
    const stranger = await signUp(wanted)
    source.people = [makeUpUser({ oldId, email: wanted, firstName: 'Theirs' })]
    expect((await importFrom(source, { acceptTaken: true })).words).toEqual(['unproven_here', 'taken_here'])
    expect(await readUser()).toMatchObject({ external_id: oldId, first_name: 'Theirs' })
    expect(await readUser(wanted)).toMatchObject({ id: stranger })
  })

  it('is left alone when the user of the source was deleted here, or has another address here', async () => {
    const source = newSource({}, { email: newEmail() })
    await importFrom(source)
    const [deleted, changed] = source.people.map((person) => person.email)
    await test.database.sql`delete from users where email = ${deleted ?? ''}`
    await test.database.sql`update users set email = ${newEmail()} where email = ${changed ?? ''}`
    const strangers = [await signUp(deleted), await signUp(changed)]
    expect((await importFrom(source, REPLACE)).cases).toEqual([])
    expect([(await readUser(deleted))?.id, (await readUser(changed))?.id]).toEqual(strangers)
  })
})

/** What keeps an account here, although the address of a user of the source is that of the account. */
const KEPT: Record<string, { own?: object; invited?: boolean; people?: Partial<SourceUser> }> = {
  'has proven the address': { own: { email_verified: true } },
  'has a role': { own: { role: 1000 } },
  'was deactivated by staff': { own: { is_active: false } },
  'was invited': { invited: true },
  'has an address that is not proven at the source': { people: { emailVerified: false } },
}

describe('an account here is never replaced when it', () => {
  it.each(Object.entries(KEPT))('%s', async (_, { own = {}, invited = false, people = {} }) => {
    const stranger = await signUp()
    await test.database
      .sql`update users set ${test.database.sql({ is_active: true, ...own })} where id = ${stranger}`
    if (invited)
      await test.database.sql`
        insert into audit_events (id, user_id, actor, kind, details, created_at)
        values (${newId()}, ${stranger}, 'staff', 'password_reset_sent', '{"invitation": true}', now())`
    const { words, stops } = await importFrom(newSource(people), REPLACE)
    expect(words.filter((word) => word !== 'unverified')).toEqual(['taken_here'])
    expect(stops).toHaveLength(1)
    expect(await readUser()).toMatchObject({ id: stranger })
  })

  it('was moved in from another source', async () => {
    await importFrom(newSource({ emailVerified: false }))
    const { id } = (await readUser()) ?? {}
    expect((await importFrom(newSource({}), REPLACE)).words).toEqual(['taken_here'])
    expect(await readUser()).toMatchObject({ id })
  })
})

describe('of two users of the source with one address, the one who proves it is moved in', () => {
  const ALL = { ...REPLACE, acceptDuplicates: true }

  async function proveLater(options: Partial<ImportOptions>) {
    const source = newSource({ emailVerified: false })
    await importFrom(source, options)
    const [first] = source.people
    const oldId = `${first?.oldId}9`
    source.people = [...source.people, makeUpUser({ oldId, email })]
    return { source, first, oldId }
  }

  it('also when the other one waits here as a sign-up since an earlier run', async () => {
    const waiting = { unverified: 'pending' } as const
    const { source, oldId } = await proveLater(waiting)
    const { words } = await importFrom(source, { ...waiting, acceptDuplicates: true })
    expect(words).toEqual(['unverified', 'duplicate_address'])
    expect(await readUser()).toMatchObject({ external_id: oldId, email_verified: true })
    const left = await test.database.sql`select is_shadow from pending_registrations where email = ${email}`
    expect(left).toEqual([{ is_shadow: true }])
  })

  it('also when the other one is a user here since an earlier run', async () => {
    const { source, first, oldId } = await proveLater({})
    const stopped = await importFrom(source, { acceptDuplicates: true })
    expect([stopped.id, stopped.words]).toEqual([null, ['unverified', 'duplicate_address', 'unproven_here']])
    const { cases } = await importFrom(source, ALL)
    expect(cases).toContainEqual({ word: 'duplicate_address', oldId: first?.oldId, email, with: oldId })
    expect(await readUser()).toMatchObject({ external_id: oldId, email_verified: true })
    const moved = await readUser()
    await importFrom(source, ALL)
    expect(await readUser()).toEqual(moved)
  })

  it('but one who has proven it here since an earlier run stays', async () => {
    const { source, first } = await proveLater({})
    await test.database.sql`update users set email_verified = true where email = ${email}`
    const { cases } = await importFrom(source, ALL)
    expect(cases.find(({ word }) => word === 'duplicate_address')).toMatchObject({ with: first?.oldId })
    expect(await readUser()).toMatchObject({ external_id: first?.oldId })
  })
})

describe('a sign-up that was moved in', () => {
  it('is in the mail of a resend, however many strangers signed up with its address since', async () => {
    const source = newSource({ emailVerified: false })
    const [{ oldId } = { oldId: '' }] = source.people
    await importFrom(source, { unverified: 'pending' })
    await test.database.sql`
      insert into pending_registrations (id, email, password_hash, first_name, last_name, created_at, expires_at)
      select gen_random_uuid(), ${email}, '$argon2id$stranger', 'Mallory', '', now() + n * interval '1 ms', now() + interval '1 day'
      from generate_series(1, 25) n`
    const ctx = withConfig(test.ctx, { emailVerification: 'mandatory' })
    await resendVerification(ctx, { email })
    const linked = await test.database.sql`
      select p.external_id from capabilities c join pending_registrations p on p.id = c.registration_id
      where c.email = ${email} and p.external_id is not null`
    expect(linked).toEqual([{ external_id: oldId }])
    const { text } = await test.mailbox.next(email, 'pending-sign-ups')
    const keys = [...text.matchAll(/verification\/([\w-]+)/g)].map(([, key = '']) => key)
    expect(keys).toHaveLength(20)
    await verifyEmail(ctx, { key: keys.at(-1) ?? '' })
    expect(await readUser()).toMatchObject({ external_id: oldId })
  })
})
