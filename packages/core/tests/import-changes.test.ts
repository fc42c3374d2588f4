import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../src/database/transaction.ts'
import type { ImportCase, ImportOptions } from '../src/imports/options.ts'
import type { Source, SourceUser } from '../src/imports/records.ts'
import { runImport } from '../src/imports/run-import.ts'
import { undoImport } from '../src/imports/undo-import.ts'
import { admit } from '../src/steps/admit.ts'
import { DJANGO_HASH, makeUpSource, RUN } from './support/made-up-source.ts'
import { inSeconds, newId, rowsOf } from './support/rows.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
let named = 0
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

const database = () => ({ url: test.database.url, poolSize: 1, prepare: true })

async function importFrom(source: Source, options: Partial<ImportOptions> = {}) {
  const cases: ImportCase[] = []
  const onCase = (found: ImportCase) => void cases.push(found)
  const outcome = await runImport(test.ctx, database(), source, { ...RUN, ...options, onCase })
  return { ...outcome, cases, words: cases.map(({ word }) => word) }
}

function newSource(...[people, rest]: Parameters<typeof makeUpSource>) {
  const start = ++named * 1000 + 300_000
  const keyed = people.map((user, index) => ({ oldId: String(start + index + 1), ...user }))
  return makeUpSource(keyed, { name: `change ${named}`, ...rest })
}

/** Imports users, of whom one is returned with the id here. */
async function moveIn(people: Partial<SourceUser>[], options: Partial<ImportOptions> = {}) {
  const source = newSource(people)
  const { id: run } = await importFrom(source, options)
  const [first] = source.people
  const email = first?.email ?? ''
  const oldId = first?.oldId ?? ''
  const change = (changes: Partial<SourceUser>) => {
    source.people = source.people.map((user) => (user.oldId === oldId ? { ...user, ...changes } : user))
    return importFrom(source, options)
  }
  return { source, run: run ?? '', email, oldId, change, id: (await readUser(oldId))?.id as string }
}

const readUser = async (oldId: string) =>
  (await test.database.sql`select * from users where external_id = ${oldId}`)[0]

async function addSignUp(email: string) {
  const times = { created_at: new Date(), expires_at: inSeconds(3600) }
  const names = { first_name: 'Ada', last_name: '' }
  await rows.insert('pending_registrations', {
    ...{ id: newId(), email, password_hash: 'none' },
    ...names,
    ...times,
  })
}

const readSignUps = (email: string) =>
  test.database.sql`select is_shadow from pending_registrations where email = ${email}`

describe('a column that changed there', () => {
  it('stays as it is here when it was changed here, and is told again with each later change', async () => {
    const { id, oldId, change } = await moveIn([{}])
    await test.database.sql`update users set first_name = 'Mine' where id = ${id}`
    expect((await change({ firstName: 'Theirs' })).cases).toMatchObject([
      { word: 'changed_here', with: 'first_name' },
    ])
    expect(await readUser(oldId)).toMatchObject({ first_name: 'Mine' })
    const { cases } = await change({ lastName: 'Hopper' })
    expect(cases).toMatchObject([{ word: 'changed_here', with: 'first_name' }])
    expect(await readUser(oldId)).toMatchObject({ first_name: 'Mine', last_name: 'Hopper' })
  })

  it('changes nothing of a user with the same key who came from another source, and of a tied one', async () => {
    const one = await moveIn([{}])
    const email = `tied-${named}@example.com`
    await rows.addUser({ email, email_verified: true })
    const tied = await moveIn([{ email }], { adopt: true })
    const people = [{ oldId: one.oldId, firstName: 'Other', email: `other-${named}@example.com` }]
    await importFrom(newSource(people), { acceptTaken: true })
    await tied.change({ firstName: 'Theirs' })
    expect(await readUser(one.oldId)).toMatchObject({ first_name: 'Ada', email: one.email })
    expect(await readUser(tied.oldId)).toMatchObject({ first_name: '' })
  })
})

describe('an address that changed there', () => {
  it('and is taken here waits until it is free, while the other columns follow', async () => {
    const { oldId, email, change } = await moveIn([{}])
    const wanted = `wanted-${named}@example.com`
    const holder = await rows.addUser({ email: wanted, email_verified: true })
    const first = await change({ email: wanted, firstName: 'Theirs' })
    expect(first.cases).toEqual([{ word: 'taken_here', oldId, email: wanted, with: null }])
    expect(await readUser(oldId)).toMatchObject({ email, first_name: 'Theirs' })
    await test.database.sql`delete from users where id = ${holder}`
    expect((await change({ firstName: 'Later' })).cases).toEqual([])
    expect(await readUser(oldId)).toMatchObject({ email: wanted, first_name: 'Later' })
  })

  it('makes the sign-ups for it shadows, and so does the address of a new user', async () => {
    const { change } = await moveIn([{}])
    const wanted = `signed-up-${named}@example.com`
    await addSignUp(wanted)
    await change({ email: wanted })
    expect(await readSignUps(wanted)).toEqual([{ is_shadow: true }])
    const email = `new-${named}@example.com`
    await addSignUp(email)
    await moveIn([{ email }])
    expect(await readSignUps(email)).toEqual([{ is_shadow: true }])
  })
})

describe('the mailed links of a user', () => {
  it.each([
    ['are void after a new address', { email: 'moved-on@example.com' }, 0],
    ['are void after a new password', { passwordHash: DJANGO_HASH.replace('$1000$', '$5000$') }, 0],
    ['go on to work after another name', { firstName: 'Grace' }, 1],
  ])('%s there', async (_, changes, left) => {
    const { id: user_id, email, change } = await moveIn([{}])
    const times = { created_at: new Date(), expires_at: inSeconds(3600) }
    const link = { token_hash: newId(), purpose: 'reset_password', user_id, email, ...times }
    await rows.insert('capabilities', link)
    await change(changes)
    expect(await test.database.sql`select from capabilities where user_id = ${user_id}`).toHaveLength(left)
  })
})

describe('a second factor', () => {
  const factor = (letter: string, recoveryCodes: string[]) => ({
    totp: { secret: letter.repeat(32) },
    recoveryCodes,
  })

  it('that was replaced there is replaced here with its recovery codes, and goes when it was removed there', async () => {
    const { id, change } = await moveIn([factor('A', ['11111111', '22222222'])])
    const { sql } = test.database
    const apps = () => sql`select secret_jwe from totp_factors where user_id = ${id}`
    const codes = async () =>
      (await sql`select code_hash from recovery_codes where user_id = ${id}`).map(
        ({ code_hash }) => code_hash,
      )
    const former = { app: (await apps())[0]?.secret_jwe, codes: await codes() }
    expect(former.codes).toHaveLength(2)
    await change(factor('B', ['33333333', '44444444', '55555555']))
    expect(await apps()).toEqual([{ secret_jwe: expect.not.stringContaining(former.app) }])
    expect(await codes()).toHaveLength(3)
    expect((await codes()).filter((code) => former.codes.includes(code))).toEqual([])
    await change({ totp: null, recoveryCodes: null })
    expect([await apps(), await codes()]).toEqual([[], []])
  })
})

describe('a sign-up that was moved in', () => {
  const waiting = { unverified: 'pending' } as const

  it('is deleted and told when the source has it no more, and comes back with it', async () => {
    const { source, email, oldId } = await moveIn([{ emailVerified: false }, {}], waiting)
    const all = source.people
    expect(await readSignUps(email)).toHaveLength(1)
    source.people = all.slice(1)
    const final = { ...waiting, final: true }
    expect((await importFrom(source, final)).cases).toMatchObject([{ word: 'gone', oldId }])
    expect(await readSignUps(email)).toEqual([])
    source.people = all
    await importFrom(source, final)
    expect(await readSignUps(email)).toHaveLength(1)
  })

  it('is deleted by undo, and the next run brings it again', async () => {
    const { source, run, email } = await moveIn([{ emailVerified: false }], waiting)
    await undoImport(database(), run)
    expect(await readSignUps(email)).toEqual([])
    await importFrom(source, waiting)
    expect(await readSignUps(email)).toHaveLength(1)
  })
})

describe('a sign-in while the import works', () => {
  type MovedIn = Awaited<ReturnType<typeof moveIn>>

  /** Signs in, and does the work before the sign-in is committed. */
  async function signInDuring({ id }: MovedIn, work: () => Promise<unknown>) {
    const signIn = { verifiedEpoch: 0, role: 0, secondFactor: false, method: 'password' } as const
    const working = await transaction(test.ctx.db, async (tx) => {
      expect(await admit(test.ctx, { userId: id as never, ...signIn }, tx)).not.toBeNull()
      const begun = work()
      await Promise.race([test.database.waitForBlocked(), begun])
      return { begun }
    })
    return working.begun
  }

  it('keeps its user from being deleted by undo', async () => {
    const moved = await moveIn([{}])
    const undone = await signInDuring(moved, () => undoImport(database(), moved.run))
    expect(undone).toMatchObject({ deleted: 0, kept: 1 })
    expect(await readUser(moved.oldId)).toBeDefined()
  })

  it('leaves no session of a user whom the source has no more', async () => {
    const moved = await moveIn([{}, {}])
    moved.source.live = []
    moved.source.people = moved.source.people.slice(1)
    await signInDuring(moved, () => importFrom(moved.source, { final: true }))
    expect(await readUser(moved.oldId)).toMatchObject({ is_active: false })
    expect(await test.database.sql`select from sessions where user_id = ${moved.id}`).toHaveLength(0)
  })
})
