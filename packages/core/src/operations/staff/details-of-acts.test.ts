import { createTestCore, type Person, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { login } from '../auth/login.ts'
import { listSecurityEvents } from '../security/list-security-events.ts'
import { createUser } from './create-user.ts'
import { deactivateUser } from './deactivate-user.ts'
import { listUserSessions } from './list-user-sessions.ts'
import { reactivateUser } from './reactivate-user.ts'
import { sendUserReset } from './send-user-reset.ts'

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

/** The fields of the refusal of an operation. */
const fieldsOf = async (work: Promise<unknown>) => Object.keys((await refusalOf(work)).fields ?? {})

async function staff(): Promise<Actor> {
  await test.database.sql`update users set role = 900 where id = ${person.userId}`
  return { kind: 'staff', identity: await authenticate(test.ctx, person.tokens.access) }
}

describe('where no mail is sent', () => {
  it('an invitation is refused, and creates no user', async () => {
    const email = `invited-${person.email}`
    const input = { by: OPERATOR, email, firstName: '', lastName: '', role: 0 }
    expect(await fieldsOf(createUser(test.ctx, input))).toEqual(['password'])
    expect(await test.database.sql`select 1 from users where email = ${email}`).toEqual([])
  })

  it('a reset by staff is refused, and stores no link', async () => {
    const { userId } = person
    expect(await fieldsOf(sendUserReset(test.ctx, { by: OPERATOR, userId }))).toEqual(['nonFieldErrors'])
    expect(await test.database.sql`select 1 from capabilities where user_id = ${userId}`).toEqual([])
  })
})

it('a reset is not sent to a deactivated user', async () => {
  const { userId } = person
  await deactivateUser(test.ctx, { by: OPERATOR, userId })
  const ctx = { ...test.ctx, outbox: { ...test.ctx.outbox, sends: true } }
  expect(await fieldsOf(sendUserReset(ctx, { by: OPERATOR, userId }))).toEqual(['nonFieldErrors'])
  expect(await test.database.sql`select 1 from capabilities where user_id = ${userId}`).toEqual([])
})

it('a deactivation and a reactivation are recorded, and not when nothing changed', async () => {
  const { userId } = person
  const act = { by: OPERATOR, userId }
  for (const operation of [deactivateUser, deactivateUser, reactivateUser, reactivateUser])
    await operation(test.ctx, act)
  const events = await test.database.sql`
    select kind from audit_events where user_id = ${userId} and actor = 'operator' order by id`
  expect(events.map(({ kind }) => kind)).toEqual(['account_deactivated', 'account_reactivated'])
})

it('staff sees which of its own sessions is the one it uses, and the operator uses none', async () => {
  const list = (by: Actor) => listUserSessions(test.ctx, { by, userId: person.userId })
  expect(await list(await staff())).toMatchObject([{ id: person.sessionId, current: true }])
  expect(await list(OPERATOR)).toMatchObject([{ current: false }])
})

it('a user sees from where a stranger failed to sign in, and not from where staff acted', async () => {
  const stranger = test.contextOf({ ip: '198.51.100.9' })
  await refusalOf(login(stranger, { email: person.email, password: 'wrong' }))
  await reactivateUser(test.ctx, { by: OPERATOR, userId: person.userId })
  const identity = await authenticate(test.ctx, person.tokens.access)
  const { items } = await listSecurityEvents(test.ctx, { identity, page: { cursor: null, limit: 10 } })
  expect(items.find(({ kind }) => kind === 'login_failed')).toMatchObject({
    actor: 'anyone',
    ip: '198.51.100.9',
  })
})
