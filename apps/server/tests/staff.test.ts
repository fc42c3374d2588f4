import { operations } from '@latchkey/contract'
import { newEmail, PASSWORD, type Person, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let staff: Person
let superuser: Person
beforeAll(async () => {
  server = await startTestServer({ mail: true })
  staff = await member(1000)
  superuser = await member(900)
})
afterAll(() => server.close())

async function member(role: number): Promise<Person> {
  const person = await signUp(server.ctx)
  await server.database.sql`update users set role = ${role} where id = ${person.userId}`
  return person
}

const rest = (method: string, path: string, by: Person, json?: unknown): Promise<Answer> =>
  call(server.url + path, { method, json, token: by.tokens.access })

const trpc = (path: string, type: 'query' | 'mutation', by: Person, input: unknown): Promise<Answer> =>
  callTrpc(server.url, { path, type }, { input, token: by.tokens.access })

interface Listed {
  users: { id: string; email: string }[]
  events: { id: string; kind: string; actor_id?: string }[]
  sessions: { id: string; current: boolean }[]
  next_cursor: string | null
}

const NOT_A_TIME =
  'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu](+HH:MM|-HH:MM|Z).'
// PostgreSQL has no year 0, and none of five digits in this form.
const WRONG_TIMES = [
  'x',
  '2026-02-30T00:00:00Z',
  '2026-01-31',
  '0001-01-01T00:00:00%2B14:00',
  '9999-12-31T23:00:00-14:00',
]
/** The fields of the filter, from the contract. A field that is added there is in the tests below. */
const FILTERS = Object.keys(operations.listUsers.input()).filter(
  (name) => !['search', 'cursor', 'limit'].includes(name),
)
const TIME_FILTERS = FILTERS.filter((name) => /_(?:after|before)$/.test(name))

describe('GET /staff/users/', () => {
  it.each(FILTERS)('the filter %s splits the users in two, alike through both doors', async (name) => {
    const marker = `filtered-${crypto.randomUUID()}`
    const [first, second] = [
      await signUp(server.ctx, `${marker}-1@example.com`),
      await signUp(server.ctx, `${marker}-2@example.com`),
    ]
    const longAgo = '2020-01-01T00:00:00Z'
    await server.database.sql`
      update users set role = 7, is_active = false, email_verified = false, created_at = ${longAgo} where id = ${first.userId}`
    await server.database.sql`update users set email_verified = true where id = ${second.userId}`
    await server.database.sql`update sessions set last_seen_at = ${longAgo} where user_id = ${first.userId}`
    const values = TIME_FILTERS.includes(name)
      ? ['2021-01-01T02:00:00.5+02:00']
      : name === 'role'
        ? ['7', '0']
        : ['false', 'true']
    const found: string[][] = []
    for (const value of values) {
      const query = { search: marker, [name]: value }
      const sent = await rest('GET', `/staff/users/?${new URLSearchParams(query)}`, staff)
      const called = await trpc('staff.users.list', 'query', staff, query)
      expect(called.body).toEqual({ result: { data: sent.body } })
      found.push((sent.body as Listed).users.map(({ id }) => id))
    }
    const expected =
      values.length > 1
        ? [[first.userId], [second.userId]]
        : [[name.endsWith('_after') ? second.userId : first.userId]]
    expect(found).toEqual(expected)
  })

  it('lists and filters users alike through both doors', async () => {
    const query = { search: staff.email.slice(0, 12).toUpperCase(), role: 1000, is_active: true, limit: 5 }
    const text = new URLSearchParams({ ...query, role: '1000', is_active: 'true', limit: '5' })
    const answers = [
      await rest('GET', `/staff/users/?${text}`, staff),
      await rest('GET', `/staff/users?${text}`, superuser),
    ]
    const called = await trpc('staff.users.list', 'query', staff, query)
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      expect(body).toMatchObject({
        users: [{ id: staff.userId, role: 1000, is_active: true }],
        next_cursor: null,
      })
      expect(called.body).toEqual({ result: { data: body } })
    }
  })

  it('gives the next page for next_cursor', async () => {
    for (let n = 0; n < 3; n++) await signUp(server.ctx)
    const first = (await rest('GET', '/staff/users/?limit=2', staff)).body as Listed
    const second = (await rest('GET', `/staff/users/?limit=2&cursor=${first.next_cursor}`, staff))
      .body as Listed
    expect([first.users.length, second.users.length]).toEqual([2, 2])
    expect(new Set([...first.users, ...second.users].map(({ id }) => id)).size).toBe(4)
  })

  it.each<[string, Record<string, string[]>]>([
    ['limit=0', { limit: ['Ensure this value is greater than or equal to 1.'] }],
    ['limit=101', { limit: ['Ensure this value is less than or equal to 100.'] }],
    ['limit=', { limit: ['A valid integer is required.'] }],
    ['limit=1.5', { limit: ['A valid integer is required.'] }],
    ['limit=1e1', { limit: ['A valid integer is required.'] }],
    ['cursor=x', { cursor: ['Invalid cursor.'] }],
    ['cursor=', { cursor: ['This field may not be blank.'] }],
    ['role=staff', { role: ['A valid integer is required.'] }],
    ['is_active=1', { is_active: ['Must be a valid boolean.'] }],
    ['email_verified=yes', { email_verified: ['Must be a valid boolean.'] }],
    ...TIME_FILTERS.flatMap((name) =>
      WRONG_TIMES.map((text): [string, Record<string, string[]>] => [
        `${name}=${text}`,
        { [name]: [NOT_A_TIME] },
      ]),
    ),
    ['search=%00', { search: ['Null characters are not allowed.'] }],
  ])('refuses ?%s', async (query, fields) => {
    expect(await rest('GET', `/staff/users/?${query}`, staff)).toMatchObject({ status: 400, body: fields })
    const input = Object.fromEntries(new URLSearchParams(query))
    expect(await trpc('staff.users.list', 'query', staff, input)).toMatchObject({
      status: 400,
      body: { error: { data: { code: 'invalid', fields } } },
    })
  })
})

describe('a user under the staff operations', () => {
  it('is created, read, signed out, deactivated, reactivated, promoted and deleted', async () => {
    const email = newEmail()
    const json = { email, password: PASSWORD, first_name: 'Mary', id: 'mine', is_staff: true }
    const made = await rest('POST', '/staff/users/', staff, json)
    expect(made).toMatchObject({ status: 201, body: { email, first_name: 'Mary', role: 0, is_active: true } })
    expect(made.text).not.toContain('argon2')
    const path = `/staff/users/${(made.body as { id: string }).id}`
    const signIn = () => call(`${server.url}/login/`, { json: { email, password: PASSWORD } })
    const { access } = (await signIn()).body as { access: string }

    expect(made.body).toMatchObject({ last_seen_at: null, external_id: null })
    const seen = { ...(made.body as object), last_seen_at: expect.stringMatching(/Z$/) }
    expect((await rest('GET', `${path}/`, staff)).body).toEqual(seen)
    const sessions = (await rest('GET', `${path}/sessions/`, staff)).body as Listed
    expect(sessions.sessions).toMatchObject([{ current: false, ip: '127.0.0.1' }])
    expect((await rest('DELETE', `${path}/sessions/${sessions.sessions[0]?.id}/`, staff)).status).toBe(204)
    expect((await call(`${server.url}/user/`, { token: access })).status).toBe(401)
    await signIn()
    expect((await rest('DELETE', `${path}/sessions/`, staff)).status).toBe(204)
    expect((await rest('POST', `${path}/deactivate/`, staff)).status).toBe(204)
    expect((await signIn()).body).toMatchObject({ code: 'no_active_account' })
    expect(await rest('POST', `${path}/reset/`, staff)).toMatchObject({
      status: 400,
      body: { non_field_errors: ['The account is deactivated.'] },
    })
    expect((await rest('POST', `${path}/reactivate/`, staff)).status).toBe(204)
    expect((await rest('POST', `${path}/reset/`, staff)).body).toEqual({
      detail: 'Password reset e-mail has been sent.',
    })
    expect((await rest('POST', `${path}/role/`, staff, { role: 1000 })).status).toBe(403)
    expect((await rest('POST', `${path}/role/`, superuser, { role: '1000' })).status).toBe(204)
    expect((await rest('POST', `${path}/deactivate/`, staff)).status).toBe(403)
    const events = (await rest('GET', `${path}/events/`, superuser)).body as Listed
    expect(events.events.map(({ kind }) => kind)).toEqual([
      'role_changed',
      'password_reset_sent',
      'account_reactivated',
      'login_failed',
      'account_deactivated',
      'sessions_ended',
      'login',
      'session_revoked',
      'login',
      'account_created',
    ])
    expect(events.events[0]?.actor_id).toBe(superuser.userId)
    expect((await rest('DELETE', `${path}/`, staff)).status).toBe(403)
    expect((await rest('DELETE', `${path}/`, superuser)).status).toBe(204)
    expect((await rest('GET', `${path}/`, superuser)).status).toBe(404)
  })

  it('gets a role only from superusers, and never a taken address', async () => {
    const json = { email: newEmail(), role: 1000 }
    expect((await rest('POST', '/staff/users/', staff, json)).body).toEqual({
      detail: 'You do not have permission to perform this action.',
      code: 'permission_denied',
    })
    expect((await rest('POST', '/staff/users/', superuser, json)).status).toBe(201)
    expect(await rest('POST', '/staff/users/', superuser, json)).toMatchObject({
      status: 400,
      body: { email: ['A user is already registered with this e-mail address.'] },
    })
  })
})

describe('without mail', () => {
  it('an invitation and a reset by staff are refused with the reason', async () => {
    const silent = await startTestServer()
    const by = await signUp(silent.ctx)
    await silent.database.sql`update users set role = 1000 where id = ${by.userId}`
    const owner = await signUp(silent.ctx)
    const post = (path: string, json?: unknown) =>
      call(silent.url + path, { method: 'POST', json, token: by.tokens.access })
    const email = newEmail()
    const invited = await post('/staff/users/', { email })
    const reset = await post(`/staff/users/${owner.userId}/reset/`)
    const made = await post('/staff/users/', { email, password: PASSWORD })
    const [links] = await silent.database.sql`select count(*)::int from capabilities`
    await silent.close()
    expect(invited).toMatchObject({
      status: 400,
      body: { password: ['This server sends no mail, so nobody can be invited: choose a password.'] },
    })
    expect(reset).toMatchObject({ status: 400, body: { non_field_errors: ['This server sends no mail.'] } })
    expect(made.status).toBe(201)
    expect(links).toEqual({ count: 0 })
  })
})

describe('GET /security-events/', () => {
  it('shows the caller its own events, through both doors, in pages', async () => {
    const person = await signUp(server.ctx)
    for (let n = 0; n < 3; n++) await call(`${server.url}/login/`, { json: person })
    const first = (await rest('GET', '/security-events/?limit=3', person)).body as Listed
    expect(first.events.map(({ kind }) => kind)).toEqual(['login', 'login', 'login'])
    const cursor = first.next_cursor
    const rest2 = (await rest('GET', `/security-events/?cursor=${cursor}`, person)).body as Listed
    expect(rest2.events.map(({ kind }) => kind)).toEqual(['login', 'registered'])
    expect(rest2.next_cursor).toBeNull()
    const called = await trpc('security.events', 'query', person, { cursor })
    expect(called.body).toEqual({ result: { data: rest2 } })
    expect(Object.keys(rest2.events[0] ?? {}).sort()).toEqual(
      'actor browser created_at details device id ip kind os session_id'.split(' '),
    )
  })

  it('shows no event of another user for the cursor of that user', async () => {
    const [person, other] = [await signUp(server.ctx), await signUp(server.ctx)]
    const theirs = (await rest('GET', '/security-events/', other)).body as Listed
    const mine = await rest('GET', `/security-events/?cursor=${theirs.events[0]?.id}`, person)
    const ids = (mine.body as Listed).events.map(({ id }) => id)
    expect(ids).toHaveLength(2)
    for (const { id } of theirs.events) expect(ids).not.toContain(id)
  })
})

it('the last superuser cannot delete itself', async () => {
  const lone = await startTestServer()
  try {
    const person = await signUp(lone.ctx)
    await lone.database.sql`update users set role = 900 where id = ${person.userId}`
    const json = { password: PASSWORD }
    const answer = await call(`${lone.url}/user/delete/`, { json, token: person.tokens.access })
    const detail = 'This is the last active superuser; make another one first.'
    expect(answer).toMatchObject({ status: 403, body: { detail, code: 'permission_denied' } })
  } finally {
    await lone.close()
  }
})
