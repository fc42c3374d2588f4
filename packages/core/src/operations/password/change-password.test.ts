import {
  createTestCore,
  logIn,
  PASSWORD,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { logoutAll } from '../auth/logout-all.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { changePassword } from './change-password.ts'
import type { PasswordChange } from './check-password-change.ts'

const NEW_PASSWORD = 'another fine battery'
const WRONG_OLD = {
  code: 'invalid',
  fields: { oldPassword: ['Your old password was entered incorrectly. Please enter it again.'] },
}

let test: TestCore
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  test.clock.seconds = 0
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
})
afterAll(() => test.close())

function change(changes: Partial<PasswordChange> = {}): PasswordChange {
  return {
    identity,
    oldPassword: PASSWORD,
    newPassword1: NEW_PASSWORD,
    newPassword2: NEW_PASSWORD,
    ...changes,
  }
}

async function expectUnchanged(): Promise<void> {
  await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  await expect(logIn(test.ctx, person)).resolves.toBeDefined()
  const work = logIn(test.ctx, { ...person, password: NEW_PASSWORD })
  expect(await refusalOf(work)).toMatchObject({ code: 'incorrect_credentials' })
}

describe('a changed password', () => {
  it('is the only password that signs in from then on', async () => {
    await changePassword(test.ctx, change())
    expect(await refusalOf(logIn(test.ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
    await expect(logIn(test.ctx, { ...person, password: NEW_PASSWORD })).resolves.toBeDefined()
  })

  it('ends every other session, and the old tokens of the present session', async () => {
    const other = await logIn(test.ctx, person)
    const stolen = person.tokens
    const tokens = await changePassword(test.ctx, change())
    for (const dead of [other, stolen]) {
      expect(await refusalOf(authenticate(test.ctx, dead.access))).toMatchObject({
        detail: 'Token is invalid',
      })
      expect(await refusalOf(refreshSession(test.ctx, dead))).toMatchObject({ code: 'token_not_valid' })
    }
    expect(tokens).not.toBeNull()
    if (tokens) await expect(refreshSession(test.ctx, tokens)).resolves.toBeDefined()
  })

  it('gives the present session a successor with another id and the same start and device', async () => {
    const [before] = await listSessions(test.ctx, { identity })
    test.clock.seconds += 1000
    const elsewhere = test.contextOf({ ip: '198.51.100.9', userAgent: 'other/1' })
    const tokens = await changePassword(elsewhere, change())
    const claims = readClaims(tokens?.access ?? '')
    expect(claims.session).not.toBe(person.sessionId)
    expect(claims.session_iat).toBe(readClaims(person.tokens.access).session_iat)
    expect(readClaims(tokens?.refresh ?? '')).toMatchObject({ generation: 1, session: claims.session })
    const successor = await authenticate(test.ctx, tokens?.access ?? '')
    const sessions = await listSessions(test.ctx, { identity: successor })
    expect(sessions).toMatchObject([{ id: claims.session, current: true, browser: 'test', ip: before?.ip }])
  })

  it('gives a refresh token that expires with its session', async () => {
    test.clock.seconds += 1500
    const startedAt = performance.now()
    const tokens = await changePassword(test.ctx, change())
    const tookSeconds = (performance.now() - startedAt) / 1000
    const { exp } = readClaims(tokens?.refresh ?? '')
    const [row] = await test.database.sql`
      select extract(epoch from idle_expires_at)::int expires from sessions where user_id = ${person.userId}`
    expect(Math.abs(exp - row?.expires)).toBeLessThanOrEqual(2 + tookSeconds)
  })

  it('gives tokens with the present role and verification of the user', async () => {
    await test.database.sql`update users set role = 1000, email_verified = true where id = ${person.userId}`
    const fresh = await authenticate(test.ctx, person.tokens.access)
    const tokens = await changePassword(test.ctx, change({ identity: fresh }))
    expect(readClaims(tokens?.access ?? '')).toMatchObject({ role: 1000, email_verified: true })
  })

  it('leaves the password and the sessions of another user as they are', async () => {
    const stranger = await signUp(test.ctx)
    await changePassword(test.ctx, change())
    await expect(refreshSession(test.ctx, stranger.tokens)).resolves.toBeDefined()
    await expect(logIn(test.ctx, stranger)).resolves.toBeDefined()
  })

  it('may equal the old password, and still ends the other sessions', async () => {
    const other = await logIn(test.ctx, person)
    const same = change({ newPassword1: PASSWORD, newPassword2: PASSWORD })
    await expect(changePassword(test.ctx, same)).resolves.not.toBeNull()
    expect(await refusalOf(refreshSession(test.ctx, other))).toMatchObject({ code: 'token_not_valid' })
  })
})

describe('a refused change', () => {
  it.each(['wrong horse battery', '', `${PASSWORD} `])(
    'for the wrong old password %j changes nothing',
    async (given) => {
      expect(await refusalOf(changePassword(test.ctx, change({ oldPassword: given })))).toMatchObject(
        WRONG_OLD,
      )
      await expectUnchanged()
    },
  )

  it('for two different new passwords changes nothing', async () => {
    const work = changePassword(test.ctx, change({ newPassword2: `${NEW_PASSWORD}!` }))
    expect(await refusalOf(work)).toMatchObject({
      fields: { newPassword2: ['The two password fields didn’t match.'] },
    })
    await expectUnchanged()
  })

  it.each([
    ['12345', ['too short. It must contain at least 8 characters.', 'too common.', 'entirely numeric.']],
    ['lovelace12', ['too similar to the last name.']],
    ['password1', ['too common.']],
  ])('for %j names every rule under newPassword2 and changes nothing', async (weak, ends) => {
    const work = changePassword(test.ctx, change({ newPassword1: weak, newPassword2: weak }))
    const { fields } = await refusalOf(work)
    expect(Object.keys(fields ?? {})).toEqual(['newPassword2'])
    expect(fields?.newPassword2).toHaveLength(ends.length)
    for (const [i, end] of ends.entries()) expect(fields?.newPassword2?.[i]).toMatch(end)
    await expectUnchanged()
  })

  it('compares the new password with the present address and names in the database', async () => {
    await test.database.sql`update users set first_name = 'Wilhelmina' where id = ${person.userId}`
    const weak = { newPassword1: 'wilhelmina9', newPassword2: 'wilhelmina9' }
    expect(await refusalOf(changePassword(test.ctx, change(weak)))).toMatchObject({
      fields: { newPassword2: ['The password is too similar to the first name.'] },
    })
  })

  it('for a wrong old password lists the same faults of the new passwords as for the right one', async () => {
    for (const [newPassword1, newPassword2] of [
      ['7391', '7391'],
      ['7391', '7392'],
    ] as const) {
      const given = { newPassword1, newPassword2 }
      const right = await refusalOf(changePassword(test.ctx, change(given)))
      const hashes = test.ctx.hasher.count
      const wrong = await refusalOf(changePassword(test.ctx, change({ oldPassword: 'x', ...given })))
      expect(test.ctx.hasher.count - hashes).toBe(1)
      expect(wrong.fields).toEqual({ ...WRONG_OLD.fields, ...right.fields })
    }
    await expectUnchanged()
  })

  it('for a session that has ended keeps the old password', async () => {
    await logoutAll(test.ctx, { identity })
    expect(await refusalOf(changePassword(test.ctx, change()))).toMatchObject({ code: 'token_not_valid' })
    await expect(logIn(test.ctx, person)).resolves.toBeDefined()
  })

  it('for a deleted user is a refusal and not an error', async () => {
    await test.database.sql`delete from users where id = ${person.userId}`
    expect(await refusalOf(changePassword(test.ctx, change()))).toMatchObject({ code: 'invalid' })
  })

  it('without the required old password changes nothing', async () => {
    const work = changePassword(test.ctx, change({ oldPassword: undefined }))
    expect(await refusalOf(work)).toMatchObject({ fields: { oldPassword: ['This field is required.'] } })
    await expectUnchanged()
  })
})

describe('with OLD_PASSWORD_FIELD_ENABLED=false', () => {
  it('a change needs no old password', async () => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, oldPasswordRequired: false } }
    const tokens = await changePassword(ctx, change({ oldPassword: undefined }))
    expect(tokens).not.toBeNull()
    await expect(logIn(test.ctx, { ...person, password: NEW_PASSWORD })).resolves.toBeDefined()
  })

  it('one of two changes at once is refused as token_not_valid, without field errors', async () => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, oldPasswordRequired: false } }
    const both = [1, 2].map(() => changePassword(ctx, change({ oldPassword: undefined })))
    const [won, lost] = (await Promise.allSettled(both)).sort((a) => (a.status === 'fulfilled' ? -1 : 1))
    expect(won?.status).toBe('fulfilled')
    expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'token_not_valid' } })
  })
})

describe('with LOGOUT_ON_PASSWORD_CHANGE=false', () => {
  it('a change revokes no session, returns no tokens and changes the password', async () => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, logoutOnPasswordChange: false } }
    const other = await logIn(ctx, person)
    expect(await changePassword(ctx, change())).toBeNull()
    for (const tokens of [person.tokens, other]) {
      await expect(authenticate(ctx, tokens.access)).resolves.toBeDefined()
      await expect(refreshSession(ctx, tokens)).resolves.toBeDefined()
    }
    expect(await refusalOf(logIn(ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
    await expect(logIn(ctx, { ...person, password: NEW_PASSWORD })).resolves.toBeDefined()
  })

  it('a change is recorded, with no session that it ended', async () => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, logoutOnPasswordChange: false } }
    await changePassword(ctx, change())
    const rows = await test.database.sql`
      select session_id, details from audit_events where user_id = ${person.userId} and kind = 'password_changed'`
    expect(rows).toEqual([{ session_id: person.sessionId, details: { sessions: 0 } }])
  })

  it('a session that has ended cannot change the password', async () => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, logoutOnPasswordChange: false } }
    const input = change()
    await logoutAll(ctx, { identity: input.identity })
    expect(await refusalOf(changePassword(ctx, input))).toMatchObject({ code: 'token_not_valid' })
    await expect(logIn(ctx, person)).resolves.toBeDefined()
  })

  it('a change is refused for the same faults', async () => {
    const ctx = { ...test.ctx, config: { ...test.ctx.config, logoutOnPasswordChange: false } }
    expect(await refusalOf(changePassword(ctx, change({ oldPassword: 'x' })))).toMatchObject(WRONG_OLD)
    const weak = change({ newPassword1: '12345', newPassword2: '12345' })
    expect(await refusalOf(changePassword(ctx, weak))).toMatchObject({ code: 'invalid' })
    await expectUnchanged()
  })
})
