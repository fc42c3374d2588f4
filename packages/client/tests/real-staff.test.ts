import { newEmail, PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, type LatchkeyClient, memoryStorage } from '../src/index.ts'
import { createStaffOperations, type StaffOperations } from '../src/staff/index.ts'
import { createTrpcClient } from '../src/trpc/index.ts'

let server: TestServer
/** A client of a signed-in user, with the operations of staff. */
type Member = LatchkeyClient & { staff: StaffOperations }

let superuser: Member
let staff: Member

beforeAll(async () => {
  server = await startTestServer({ mail: true })
  superuser = await signInAs(900)
  staff = await signInAs(1000)
})
afterAll(() => server?.close())

/** Creates a user with a role, and a client that is signed in as this user. */
async function signInAs(role: number): Promise<Member> {
  const { email, userId } = await signUp(server.ctx)
  await server.database.sql`update users set role = ${role} where id = ${userId}`
  const client = createClient({ baseUrl: server.url, storage: memoryStorage() })
  await client.login({ email, password: PASSWORD })
  return { ...client, staff: createStaffOperations(client) }
}

function idOf(client: LatchkeyClient): string {
  const { state } = client.session
  return state.status === 'signed_in' ? state.userId : ''
}

describe('the security events of the signed-in user', () => {
  test('are listed newest first, page by page', async () => {
    const client = await signInAs(0)
    const first = await client.securityEvents.list({ limit: 1 })
    expect(first.events).toMatchObject([{ kind: 'login', actor: 'self', details: { method: 'password' } }])
    const second = await client.securityEvents.list({ limit: 1, cursor: first.next_cursor ?? '' })
    expect(second.events).toHaveLength(1)
    expect(second.events[0]?.id).not.toBe(first.events[0]?.id)
    expect((await client.securityEvents.list()).events.length).toBeGreaterThan(1)
    const raw = createTrpcClient(client)
    expect(await raw.security.events.query({ limit: 1 })).toEqual(first)
  })

  test('are refused for an invalid cursor, with the error at its field', async () => {
    await expect(staff.securityEvents.list({ cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { cursor: ['Invalid cursor.'] },
    })
  })
})

describe('staff', () => {
  test('find, read, deactivate and reactivate a user, and end the sessions of the user', async () => {
    const person = await signInAs(0)
    const id = idOf(person)
    const { email } = await person.user.get()
    const { users } = await staff.staff.users.list({ search: email, is_active: true, role: 0 })
    expect(users).toEqual([await staff.staff.users.get({ id })])
    const { sessions } = await staff.staff.sessions.list({ id })
    expect(sessions.map(({ current }) => current)).toEqual([false, false])
    await staff.staff.sessions.end({ id, session_id: sessions[0]?.id ?? '' })
    expect((await staff.staff.sessions.list({ id })).sessions).toHaveLength(1)
    await staff.staff.sessions.endAll({ id })
    await expect(person.user.get()).rejects.toMatchObject({ code: 'token_not_valid' })
    await staff.staff.users.deactivate({ id })
    await expect(person.login({ email, password: PASSWORD })).rejects.toMatchObject({
      code: 'no_active_account',
    })
    await staff.staff.users.reactivate({ id })
    await person.login({ email, password: PASSWORD })
    const { events } = await staff.staff.events.list({ id, limit: 3 })
    expect(events.map(({ kind, actor_id }) => [kind, actor_id])).toEqual([
      ['login', id],
      ['account_reactivated', idOf(staff)],
      ['login_failed', null],
    ])
    await staff.staff.users.delete({ id })
    await expect(staff.staff.users.get({ id })).rejects.toMatchObject({ code: 'not_found', status: 404 })
  })

  test('list users page by page', async () => {
    const first = await staff.staff.users.list({ limit: 2 })
    const next = await staff.staff.users.list({ limit: 2, cursor: first.next_cursor ?? '' })
    expect(new Set([...first.users, ...next.users].map(({ id }) => id)).size).toBeGreaterThan(2)
    expect((await staff.staff.users.list()).users.length).toBeGreaterThan(2)
  })

  test('who are superusers create users, set roles, send a reset link and remove factors', async () => {
    const email = newEmail()
    const made = await superuser.staff.users.create({ email, password: PASSWORD, first_name: 'Grace' })
    expect(made).toMatchObject({ email, first_name: 'Grace', role: 0, is_active: true })
    await superuser.staff.users.setRole({ id: made.id, role: 1000 })
    expect(await superuser.staff.users.get({ id: made.id })).toMatchObject({ role: 1000 })
    expect(await superuser.staff.users.sendReset({ id: made.id })).toEqual({
      detail: 'Password reset e-mail has been sent.',
    })
    await superuser.staff.users.resetFactors({ id: made.id })
    expect(await superuser.staff.users.get({ id: made.id })).toMatchObject({
      second_factor: false,
      passkeys: 0,
    })
  })

  test('get typed refusals for a missing role, a higher role, their own user and an invalid field', async () => {
    const person = await signInAs(0)
    const denied = { code: 'permission_denied', status: 403 }
    await expect(person.staff.users.list()).rejects.toMatchObject(denied)
    await expect(staff.staff.users.deactivate({ id: idOf(superuser) })).rejects.toMatchObject(denied)
    await expect(staff.staff.users.setRole({ id: idOf(person), role: 1000 })).rejects.toMatchObject(denied)
    await expect(superuser.staff.users.delete({ id: idOf(superuser) })).rejects.toMatchObject({
      ...denied,
      message: 'You cannot do this to your own account.',
    })
    await expect(staff.staff.users.create({ email: 'nobody' })).rejects.toMatchObject({
      fields: { email: ['Enter a valid email address.'] },
    })
  })

  test.each(['', '.', '..'])(
    'end no session for the id %j, whose path would end all sessions',
    async (session_id) => {
      const person = await signInAs(0)
      const id = idOf(person)
      await expect(staff.staff.sessions.end({ id, session_id })).rejects.toMatchObject({ code: 'not_found' })
      await expect(staff.staff.users.delete({ id: session_id })).rejects.toMatchObject({ code: 'not_found' })
      expect(await person.user.get()).toHaveProperty('email')
    },
  )
})
