import {
  createMailingCore,
  logIn,
  type MailingCore,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { purge } from '../src/housekeeping/run-round.ts'
import { logout } from '../src/operations/auth/logout.ts'
import { logoutAll } from '../src/operations/auth/logout-all.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { listSecurityEvents } from '../src/operations/security/list-security-events.ts'
import { revokeSession } from '../src/operations/sessions/revoke-session.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { deleteUser } from '../src/operations/staff/delete-user.ts'
import { endUserSessions } from '../src/operations/staff/end-user-sessions.ts'
import { reactivateUser } from '../src/operations/staff/reactivate-user.ts'
import { resetUserFactors } from '../src/operations/staff/reset-user-factors.ts'
import { sendUserReset } from '../src/operations/staff/send-user-reset.ts'
import { setUserRole } from '../src/operations/staff/set-user-role.ts'
import { deleteOwnUser } from '../src/operations/user/delete-own-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { Identity } from '../src/steps/identity.ts'
import { recordThrottled } from '../src/steps/record-throttled.ts'
import type { UserId } from '../src/words/ids.ts'

const DAY = 86_400

let test: MailingCore
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
  await test.database.sql`delete from audit_events`
})
afterAll(() => test.close())

const events = () =>
  test.database
    .sql`select kind, actor, actor_id, user_id, session_id, ip, details from audit_events order by id`
const kinds = async () => (await events()).map(({ kind }) => kind)
const listOwn = (ctx: Context = test.ctx, limit = 50, cursor: string | null = null) =>
  listSecurityEvents(ctx, { identity, page: { cursor, limit } })

describe('each event is recorded once', () => {
  const own = { actor: 'self' }
  const operator = { actor: 'operator', actor_id: null }
  const anyone = { actor: 'anyone', actor_id: null }
  const by = OPERATOR
  const changes = { newPassword1: 'another horse battery', newPassword2: 'another horse battery' }

  it.each<[string, () => Promise<unknown>, object]>([
    ['login', () => logIn(test.ctx, person), { ...own, details: { method: 'password', second: 'none' } }],
    ['logout', () => logout(test.ctx, { identity, refresh: person.tokens.refresh }), own],
    ['logout_all', () => logoutAll(test.ctx, { identity }), { ...own, details: { sessions: 1 } }],
    ['session_revoked', () => revokeSession(test.ctx, { identity, sessionId: person.sessionId }), own],
    [
      'password_changed',
      () => changePassword(test.ctx, { identity, oldPassword: PASSWORD, ...changes }),
      { ...own, details: { sessions: 1 } },
    ],
    [
      'email_change_requested',
      () => requestEmailChange(test.ctx, { identity, newEmail: 'new@example.com', password: PASSWORD }),
      own,
    ],
    ['account_deactivated', () => deactivateUser(test.ctx, { by, userId: person.userId }), operator],
    [
      'role_changed',
      () => setUserRole(test.ctx, { by, userId: person.userId, role: 1000 }),
      { ...operator, details: { from: 0, to: 1000 } },
    ],
    [
      'sessions_ended',
      () => endUserSessions(test.ctx, { by, userId: person.userId }),
      { ...operator, details: { sessions: 1 } },
    ],
    ['password_reset_sent', () => sendUserReset(test.ctx, { by, userId: person.userId }), operator],
    [
      'factors_reset',
      () => resetUserFactors(test.ctx, { by, userId: person.userId, keepPassword: true }),
      { ...operator, details: { reason: 'staff' } },
    ],
    ['account_deleted', () => deleteUser(test.ctx, { by, userId: person.userId }), operator],
    [
      'login_failed',
      () => refusalOf(logIn(test.ctx, { ...person, password: 'wrong' })),
      { ...anyone, details: { reason: 'incorrect_credentials' } },
    ],
  ])('%s', async (kind, work, expected) => {
    await work()
    const recorded = await events()
    expect(recorded).toMatchObject([{ kind, user_id: person.userId, ...expected }])
    if (recorded[0]?.actor === 'self') expect(recorded[0].actor_id).toBe(person.userId)
  })

  it('a sign-up, with its sign-in', async () => {
    const { userId, sessionId } = await signUp(test.ctx)
    expect(await events()).toMatchObject([
      { kind: 'registered', user_id: userId },
      {
        kind: 'login',
        user_id: userId,
        session_id: sessionId,
        details: { method: 'registration', second: 'none' },
      },
    ])
  })

  it('a deactivation and a reactivation, only when they change the user', async () => {
    for (const work of [reactivateUser, deactivateUser, deactivateUser, reactivateUser]) {
      await work(test.ctx, { by, userId: person.userId })
    }
    expect(await kinds()).toEqual(['account_deactivated', 'account_reactivated'])
  })

  it('a replayed refresh, although it is refused; a successful refresh is not recorded', async () => {
    await refreshSession(test.ctx, person.tokens)
    expect(await kinds()).toEqual([])
    test.clock.seconds += 31
    const replays = Array.from({ length: 5 }, () => refusalOf(refreshSession(test.ctx, person.tokens)))
    await Promise.all(replays)
    test.clock.seconds -= 31
    const expected = { kind: 'refresh_replayed', user_id: person.userId, session_id: person.sessionId }
    expect(await events()).toMatchObject([{ ...expected, ...anyone }])
  })

  it.each([
    [{}, null],
    [{ ip: '198.51.100.7' }, 'network'],
    [{ userAgent: 'other/1' }, 'device'],
    [{ ip: '198.51.100.7', userAgent: 'other/1' }, 'both'],
  ])('a refresh within the grace, if the client has changed: %j', async (client, changed) => {
    await refreshSession(test.ctx, person.tokens)
    await refreshSession(test.contextOf(client), person.tokens)
    expect(await events()).toMatchObject(changed ? [{ kind: 'refresh_grace', details: { changed } }] : [])
  })
})

it('a failed sign-in for an unknown address is recorded without a user', async () => {
  await refusalOf(logIn(test.ctx, { email: 'nobody@example.com', password: 'wrong' }))
  expect(await events()).toMatchObject([{ kind: 'login_failed', user_id: null, actor_id: null }])
})

it('an operation that is rolled back records no event', async () => {
  const broken = new Error('the mail cannot be queued')
  const outbox = { ...test.ctx.outbox, queue: () => Promise.reject(broken) }
  const ctx = { ...test.ctx, outbox }
  await expect(sendUserReset(ctx, { by: OPERATOR, userId: person.userId })).rejects.toBe(broken)
  await expect(resetUserFactors(ctx, { by: OPERATOR, userId: person.userId })).rejects.toBe(broken)
  const wish = { identity, newEmail: 'new@example.com', password: PASSWORD }
  await expect(requestEmailChange(ctx, wish)).rejects.toBe(broken)
  const change = { identity, oldPassword: PASSWORD, newPassword1: 'a new horse', newPassword2: 'a new horse' }
  await expect(changePassword(ctx, change)).rejects.toBe(broken)
  const made = { by: OPERATOR, email: 'made@example.com', firstName: '', lastName: '', role: 0 }
  await expect(createUser(ctx, made)).rejects.toBe(broken)
  expect(await kinds()).toEqual([])
})

describe('the list of security events', () => {
  it('has the events of the caller, newest first, and of no other user', async () => {
    await logIn(test.ctx, person)
    const stranger = await signUp(test.ctx)
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    const { items, nextCursor } = await listOwn()
    expect(items.map(({ kind }) => kind)).toEqual(['logout', 'login'])
    expect(JSON.stringify(items)).not.toContain(stranger.userId)
    expect(items[0]).toMatchObject({ actor: 'self', ip: '192.0.2.1', browser: 'test' })
    expect(nextCursor).toBeNull()
  })

  it('has each event on one page, also while events are added', async () => {
    const [first, second] = [[] as string[], [] as string[]]
    for (let n = 0; n < 25; n++) await logIn(test.ctx, person)
    const expected = (await listOwn()).items.map(({ id }) => id)
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listOwn>> = await listOwn(test.ctx, 10, cursor)
      first.push(...page.items.map(({ id }) => id))
      second.push(String(page.items.length))
      await logIn(test.ctx, person)
      cursor = page.nextCursor
    } while (cursor)
    expect(first).toEqual(expected)
    expect(second).toEqual(['10', '10', '5'])
  })

  it('says that staff caused an event, but not which member and from where', async () => {
    const staff = await signUp(test.ctx)
    await test.database.sql`update users set role = 1000 where id = ${staff.userId}`
    const actor = await authenticate(test.ctx, staff.tokens.access)
    await test.database.sql`delete from audit_events`
    const by = { kind: 'staff', identity: actor } as const
    await sendUserReset(test.contextOf({ ip: '203.0.113.9' }), { by, userId: person.userId })
    const { items } = await listOwn()
    expect(items).toMatchObject([{ kind: 'password_reset_sent', actor: 'staff', ip: null, browser: null }])
    expect(JSON.stringify(items)).not.toContain(staff.userId)
  })
})

it('an event is purged when its retention of 365 days is over', async () => {
  await logIn(test.ctx, person)
  const { db, clock, log } = test.ctx
  const age = async (days: number) => {
    test.clock.seconds += days * DAY
    await purge({ db, clock, log, auditRetentionSeconds: 365 * DAY })
    test.clock.seconds -= days * DAY
  }
  await age(364)
  expect(await kinds()).toEqual(['login'])
  await age(366)
  expect(await kinds()).toEqual([])
})

describe('throttled bursts', () => {
  it('are counted once per minute for each limit and key, in one row of an hour for a user and limit', async () => {
    const userId = person.userId as UserId
    // The beginning of an hour, so that no minute of this test belongs to the next one.
    const shift = 3600 - (test.ctx.clock.epochSeconds() % 3600)
    test.clock.seconds += shift
    const bursts = async () =>
      (await events()).map(({ user_id, details: { limit, count } }) => [user_id, limit, count])
    for (let n = 0; n < 20; n++) await recordThrottled(test.ctx, { limit: 'login', key: 'a', userId })
    expect(await bursts()).toEqual([[userId, 'login', 1]])
    await recordThrottled(test.ctx, { limit: 'login', key: 'b', userId })
    await recordThrottled(test.ctx, { limit: 'mail', key: 'a' })
    test.clock.seconds += 60
    await recordThrottled(test.ctx, { limit: 'login', key: 'a', userId })
    test.clock.seconds -= 60 + shift
    const expected = [
      [null, 'mail', 1],
      [userId, 'login', 3],
    ]
    expect((await bursts()).sort()).toEqual(expected)
  })
})

describe('AUDIT_TRUNCATE_IP', () => {
  it('stores the network instead of the IP address', async () => {
    const ctx = test.contextOf({ ip: '2001:db8:1:2::3' })
    await logIn({ ...ctx, config: { ...ctx.config, auditTruncateIp: true } }, person)
    expect(await events()).toMatchObject([{ ip: '2001:db8:1::' }])
  })
})

describe('a deleted user', () => {
  /** Returns every row of every table as text. */
  async function dump(): Promise<string> {
    const { sql } = test.database
    const tables = await sql`
      select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`
    const rows = await Promise.all(tables.map(({ name }) => sql.unsafe(`select t::text from ${name} t`)))
    return rows
      .flat()
      .map((row) => row.t)
      .join('\n')
  }

  it.each(['itself', 'staff'])('leaves no personal data behind when %s deletes it', async (who) => {
    const client = { ip: '198.51.100.77', userAgent: 'Peculiar/7' }
    const email = `peculiar-${who}@example.com`
    const owner = await signUp(test.contextOf(client), email)
    await test.database.sql`
      update users set first_name = 'Quixotic', last_name = 'Zwicky' where id = ${owner.userId}`
    await logIn(test.contextOf(client), owner)
    await refusalOf(logIn(test.contextOf(client), { ...owner, password: 'wrong' }))
    await test.database.sql`
      insert into pending_registrations (id, email, password_hash, first_name, last_name, created_at, expires_at)
      values (gen_random_uuid(), ${email}, 'x', 'Quixotic', 'Zwicky', now(), now())`
    await test.database.sql`
      insert into capabilities (token_hash, purpose, email, created_at, expires_at)
      values (${crypto.randomUUID()}, 'none', ${email}, now(), now())`
    const ownerIdentity = await authenticate(test.ctx, owner.tokens.access)
    const personal = /peculiar|quixotic|zwicky|198\.51\.100\.77/i
    expect(await dump()).toMatch(personal)
    if (who === 'staff') await deleteUser(test.ctx, { by: OPERATOR, userId: owner.userId })
    else await deleteOwnUser(test.contextOf(client), { identity: ownerIdentity, password: PASSWORD })
    expect(await dump()).not.toMatch(personal)
    const skeleton = await test.database
      .sql`select kind from audit_events where user_id = ${owner.userId} order by id`
    expect(skeleton.map(({ kind }) => kind)).toEqual([
      'registered',
      'login',
      'login',
      'login_failed',
      'account_deleted',
    ])
  })
})

it('the audit trail holds no secret, email address or name', async () => {
  await refusalOf(logIn(test.ctx, { ...person, password: 'a wrong secret' }))
  const tokens = await logIn(test.ctx, person)
  await changePassword(test.ctx, {
    identity,
    oldPassword: PASSWORD,
    newPassword1: 'another horse battery',
    newPassword2: 'another horse battery',
  })
  await refusalOf(refreshSession(test.ctx, tokens))
  const rows = await test.database.sql`select t::text from audit_events t`
  const text = rows.map((row) => row.t).join('\n')
  const secrets = [PASSWORD, 'a wrong secret', 'another horse', tokens.refresh, tokens.access, '$argon2']
  for (const secret of [...secrets, person.email, 'Lovelace']) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/eyJ|[A-Za-z0-9_-]{43}/)
})
