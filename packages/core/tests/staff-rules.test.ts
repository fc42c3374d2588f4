import {
  createMailingCore,
  type MailingCore,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { deleteUser } from '../src/operations/staff/delete-user.ts'
import { endUserSession } from '../src/operations/staff/end-user-session.ts'
import { endUserSessions } from '../src/operations/staff/end-user-sessions.ts'
import { listUserEvents } from '../src/operations/staff/list-user-events.ts'
import { listUserSessions } from '../src/operations/staff/list-user-sessions.ts'
import { reactivateUser } from '../src/operations/staff/reactivate-user.ts'
import { resetUserFactors } from '../src/operations/staff/reset-user-factors.ts'
import { sendUserReset } from '../src/operations/staff/send-user-reset.ts'
import { setUserRole } from '../src/operations/staff/set-user-role.ts'
import { deleteOwnUser } from '../src/operations/user/delete-own-user.ts'
import { type Actor, OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { Identity } from '../src/steps/identity.ts'
import { newId, type UserId } from '../src/words/ids.ts'

const DENIED = { code: 'permission_denied' }
const ROUNDS = 40

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  await test.database.sql`delete from users`
})
afterAll(() => test.close())

interface Member extends Person {
  identity: Identity
  by: Actor
}

/** Signs up a user and gives it a role. */
async function member(role: number): Promise<Member> {
  const person = await signUp(test.ctx)
  await test.database.sql`update users set role = ${role} where id = ${person.userId}`
  const identity = await authenticate(test.ctx, person.tokens.access)
  return { ...person, identity, by: { kind: 'staff', identity } }
}

type Operation = (by: Actor, target: Person) => Promise<unknown>

const ON_USERS: Record<string, Operation> = {
  deactivate: (by, { userId }) => deactivateUser(test.ctx, { by, userId }),
  reactivate: (by, { userId }) => reactivateUser(test.ctx, { by, userId }),
  'send reset': (by, { userId }) => sendUserReset(test.ctx, { by, userId }),
  'reset factors': (by, { userId }) => resetUserFactors(test.ctx, { by, userId }),
  'end sessions': (by, { userId }) => endUserSessions(test.ctx, { by, userId }),
  'end session': (by, { userId, sessionId }) => endUserSession(test.ctx, { by, userId, sessionId }),
  delete: (by, { userId }) => deleteUser(test.ctx, { by, userId }),
}
const SET_ROLE: Operation = (by, { userId }) => setUserRole(test.ctx, { by, userId, role: 1000 })
const READ: Record<string, Operation> = {
  'list sessions': (by, { userId }) => listUserSessions(test.ctx, { by, userId }),
  'list events': (by, { userId }) =>
    listUserEvents(test.ctx, { by, userId, page: { cursor: null, limit: 10 } }),
}
const ACTS = Object.entries({ ...ON_USERS, 'set role': SET_ROLE })

async function rowOf({ userId }: Person) {
  const [row] = await test.database.sql`select role, is_active, session_epoch from users where id = ${userId}`
  return row
}

/** Expects a refusal that changed neither the user nor the number of sessions, links and events. */
async function expectDenied(operation: Operation, by: Actor, target: Person): Promise<void> {
  const count = () => test.database.sql`
    select (select count(*)::int from audit_events) events, (select count(*)::int from sessions) sessions,
      (select count(*)::int from capabilities) links`
  const before = [await rowOf(target), await count()]
  expect(await refusalOf(operation(by, target))).toMatchObject(DENIED)
  expect([await rowOf(target), await count()]).toEqual(before)
}

describe.each(ACTS)('%s', (name, operation) => {
  it.each([0, 7, 901, 999, 1001])('is refused to the role %i', async (role) => {
    await expectDenied(operation, (await member(role)).by, await member(0))
  })

  it.each([1000, 900])('is refused to staff on a user with the role %i', async (role) => {
    await expectDenied(operation, (await member(1000)).by, await member(role))
  })

  it.each([1000, 900])('is refused to a user with the role %i on itself', async (role) => {
    await member(900)
    const actor = await member(role)
    await expectDenied(operation, actor.by, actor)
  })

  it.each([0, 7, 1000, 900])('is allowed to superusers on a user with the role %i', async (role) => {
    const actor = await member(900)
    await expect(operation(actor.by, await member(role))).resolves.not.toThrow()
  })

  it('answers not_found for an unknown user', async () => {
    const actor = await member(900)
    const target = await member(0)
    for (const userId of [newId<UserId>(), 'x', '', '__proto__']) {
      expect(await refusalOf(operation(actor.by, { ...target, userId }))).toMatchObject({ code: 'not_found' })
    }
  })

  it('is refused to an actor whose role was just revoked, although the access token is still valid', async () => {
    const actor = await member(name === 'set role' ? 900 : 1000)
    const target = await member(0)
    await test.database.sql`update users set role = 0 where id = ${actor.userId}`
    await expectDenied(operation, actor.by, target)
    await test.database.sql`update users set role = 900, is_active = false where id = ${actor.userId}`
    await expectDenied(operation, actor.by, target)
  })

  it('is refused to staff on a user whose promotion commits at the same time', async () => {
    const actor = await member(1000)
    const target = await member(0)
    let work: Promise<unknown> = Promise.resolve()
    await test.database.sql.begin(async (tx) => {
      await tx`update users set role = 1000 where id = ${target.userId}`
      work = refusalOf(operation(actor.by, target))
      await test.database.waitForBlocked()
    })
    expect(await work).toMatchObject(DENIED)
  })
})

describe.each(Object.entries(ON_USERS))('%s by staff', (_name, operation) => {
  it.each([0, 7])('is allowed on a user with the role %i', async (role) => {
    await expect(operation((await member(1000)).by, await member(role))).resolves.not.toThrow()
  })
})

it('end session answers not_found for a session of another user, of no user, and for what is no id', async () => {
  const [staff, target, other] = [await member(1000), await member(0), await member(0)]
  for (const sessionId of [other.sessionId, newId(), 'x', '']) {
    const work = endUserSession(test.ctx, { by: staff.by, userId: target.userId, sessionId })
    expect(await refusalOf(work)).toMatchObject({ code: 'not_found' })
  }
  await expect(authenticate(test.ctx, other.tokens.access)).resolves.toBeDefined()
})

it('set role is refused to staff', async () => {
  await expectDenied(SET_ROLE, (await member(1000)).by, await member(0))
})

describe.each(Object.entries(READ))('%s', (_name, read) => {
  it('is refused to staff on staff and superusers, and allowed to superusers', async () => {
    const [staff, superuser] = [await member(1000), await member(900)]
    for (const role of [1000, 900]) {
      const target = await member(role)
      await expectDenied(read, staff.by, target)
      await expect(read(superuser.by, target)).resolves.toBeDefined()
    }
    await expect(read(staff.by, await member(0))).resolves.toBeDefined()
  })

  it('is allowed to staff on itself', async () => {
    const staff = await member(1000)
    await expect(read(staff.by, staff)).resolves.toBeDefined()
  })

  it('answers not_found for an unknown user', async () => {
    const [staff, target] = [await member(1000), await member(0)]
    for (const userId of [newId<UserId>(), 'x', '', '__proto__']) {
      expect(await refusalOf(read(staff.by, { ...target, userId }))).toMatchObject({ code: 'not_found' })
    }
  })
})

describe('creating a user', () => {
  const make = (by: Actor, role: number) =>
    createUser(test.ctx, { by, email: `${newId()}@example.com`, firstName: '', lastName: '', role })

  it('with a role needs a superuser', async () => {
    const [staff, superuser, user] = [await member(1000), await member(900), await member(0)]
    for (const role of [1000, 900, 7]) {
      expect(await refusalOf(make(staff.by, role))).toMatchObject(DENIED)
      expect(await make(superuser.by, role)).toMatchObject({ role, isActive: true })
    }
    expect(await refusalOf(make(user.by, 0))).toMatchObject(DENIED)
    expect(await make(staff.by, 0)).toMatchObject({ role: 0, emailVerified: false })
  })

  it('is refused to an actor whose role was just revoked', async () => {
    const staff = await member(1000)
    await test.database.sql`update users set role = 0 where id = ${staff.userId}`
    expect(await refusalOf(make(staff.by, 0))).toMatchObject(DENIED)
    const [count] = await test.database.sql`select count(*)::int from users`
    expect(count).toEqual({ count: 1 })
  })

  it('with a password lets the user sign in, and refuses a weak password and a taken address', async () => {
    const { by, email: taken } = await member(1000)
    const base = { by, email: 'made@example.com', firstName: '', lastName: '', role: 0, password: PASSWORD }
    expect(await createUser(test.ctx, base)).toMatchObject({ emailVerified: true })
    await expect(login(test.ctx, { email: base.email, password: PASSWORD })).resolves.toBeDefined()
    const weak = createUser(test.ctx, { ...base, email: 'other@example.com', password: '12345' })
    expect((await refusalOf(weak)).fields).toHaveProperty('password')
    expect((await refusalOf(createUser(test.ctx, { ...base, email: taken }))).fields).toHaveProperty('email')
  })
})

describe('the last active superuser', () => {
  const LAST = 'This is the last active superuser; make another one first.'

  it.each([
    ['deactivated', ON_USERS.deactivate],
    ['deleted', ON_USERS.delete],
    ['demoted', SET_ROLE],
  ] as const)(
    'cannot be %s, also not by the operator, unless another superuser is active',
    async (_, operation) => {
      const last = await member(900)
      const inactive = await member(900)
      await test.database.sql`update users set is_active = false where id = ${inactive.userId}`
      expect(await refusalOf(operation?.(OPERATOR, last) ?? Promise.resolve())).toMatchObject({
        ...DENIED,
        detail: LAST,
      })
      await member(900)
      await operation?.(OPERATOR, last)
    },
  )

  it('can be acted on in every way that leaves it one', async () => {
    const last = await member(900)
    for (const act of ['send reset', 'reset factors', 'end sessions'])
      await expect(ON_USERS[act]?.(OPERATOR, last)).resolves.not.toThrow()
    expect(await rowOf(last)).toMatchObject({ role: 900, is_active: true })
  })

  it('is no deactivated one, which the operator demotes although none is left', async () => {
    const former = await member(900)
    await test.database.sql`update users set is_active = false where id = ${former.userId}`
    await SET_ROLE(OPERATOR, former)
    expect(await rowOf(former)).toMatchObject({ role: 1000, is_active: false })
  })

  it('cannot delete itself, unless there is another superuser', async () => {
    const last = await member(900)
    const work = () => deleteOwnUser(test.ctx, { identity: last.identity, password: PASSWORD })
    expect(await refusalOf(work())).toMatchObject({ ...DENIED, detail: LAST })
    await member(900)
    await work()
  })

  it(`remains when superusers act on each other and delete themselves at once, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await test.database.sql`delete from users`
      const [a, b, c] = [await member(900), await member(900), await member(900)]
      const leave = ({ identity }: Member) => deleteOwnUser(test.ctx, { identity, password: PASSWORD })
      await Promise.allSettled([
        SET_ROLE(a.by, b),
        deactivateUser(test.ctx, { by: b.by, userId: c.userId }),
        deleteUser(test.ctx, { by: c.by, userId: a.userId }),
        leave(round % 2 ? a : b),
        leave(c),
        deactivateUser(test.ctx, { by: OPERATOR, userId: b.userId }),
      ])
      const left = await test.database.sql`select id from users where role = 900 and is_active`
      expect(left.length).toBeGreaterThanOrEqual(1)
    }
  })

  it(`remains when two superusers demote each other at once, and one of them succeeds, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await test.database.sql`delete from users`
      const [a, b] = [await member(900), await member(900)]
      const answers = await Promise.allSettled([SET_ROLE(a.by, b), SET_ROLE(b.by, a)])
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const left = await test.database.sql`select id from users where role = 900 and is_active`
      expect(left).toHaveLength(1)
    }
  })
})
