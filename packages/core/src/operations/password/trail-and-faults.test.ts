import {
  createMailingCore,
  type MailingCore,
  NEW_PASSWORD,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { encodeUserId } from '../../steps/link-secret.ts'
import type { UserId } from '../../words/ids.ts'
import { NO_LIMITS } from '../../words/rate-limits.ts'
import { reauthenticate } from '../auth/reauthenticate.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { requestEmailChange } from '../email/request-email-change.ts'
import { changePassword } from './change-password.ts'
import { findPasswordChangeFaults } from './check-password-change.ts'
import { markSecret, openResetLink } from './open-reset-link.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { setNewPassword } from './set-new-password.ts'

const WORDS = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }

let test: MailingCore
let person: Person
let identity: Identity
beforeAll(async () => {
  const limits = { ...NO_LIMITS, unproven: { calls: 1, seconds: 86_400 } }
  test = await createMailingCore({ throttle: { store: 'memory', redisUrl: null, limits } })
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
})
afterAll(() => test.close())

const eventsOf = (kind: string) => test.database.sql`
  select session_id, details from audit_events where user_id = ${person.userId} and kind = ${kind}`

async function mailLink(): Promise<string> {
  await requestPasswordReset(test.ctx, { email: person.email })
  return (await test.mailbox.next(person.email, 'reset-password')).secret
}

async function open(token: string): Promise<string> {
  const opened = await openResetLink(test.ctx, { uid: encodeUserId(person.userId as UserId), token })
  if (opened === null) throw new Error('The link was not opened.')
  return opened
}

describe('a change of password', () => {
  const change = { oldPassword: PASSWORD, ...WORDS }

  it('is recorded with the number of sessions that it ended, and its tokens replace those of before', async () => {
    const tokens = await changePassword(test.ctx, { identity, ...change })
    expect(tokens).not.toHaveProperty('superseded')
    expect(await eventsOf('password_changed')).toEqual([
      { session_id: person.sessionId, details: { sessions: 1 } },
    ])
  })

  it('ends the successor of the session too, and counts it', async () => {
    await reauthenticate(test.ctx, { identity, password: PASSWORD })
    await changePassword(test.ctx, { identity, ...change })
    expect(await eventsOf('password_changed')).toMatchObject([{ details: { sessions: 2 } }])
  })

  it('is refused in a session whose successor was ended', async () => {
    const { access } = await reauthenticate(test.ctx, { identity, password: PASSWORD })
    const successor = await authenticate(test.ctx, access)
    await test.database.sql`delete from sessions where id = ${successor.sessionId}`
    expect(await refusalOf(changePassword(test.ctx, { identity, ...change }))).toMatchObject({
      code: 'token_not_valid',
    })
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('without an old password is refused to a deleted user as token_not_valid', async () => {
    await test.database.sql`delete from users where id = ${person.userId}`
    const ctx = withConfig(test.ctx, { oldPasswordRequired: false })
    expect(await refusalOf(changePassword(ctx, { identity, ...WORDS }))).toMatchObject({
      code: 'token_not_valid',
    })
  })

  it('is refused as a wrong old password, when the password changes after the check', async () => {
    const { hasher } = test.ctx
    const hash: typeof hasher.hash = async (...given) => {
      await test.database.sql`update users set session_epoch = session_epoch + 1 where id = ${person.userId}`
      return hasher.hash(...given)
    }
    const ctx = { ...test.ctx, hasher: { ...hasher, hash } }
    const refusal = await refusalOf(changePassword(ctx, { identity, ...change }))
    expect(Object.keys(refusal.fields ?? {})).toEqual(['oldPassword'])
  })

  it.each([{ newPassword1: '123' }, { newPassword2: '123' }])(
    'has no fault of a new password while only %j is given',
    async (given) => {
      expect(await findPasswordChangeFaults(test.ctx, { identity, oldPassword: PASSWORD, ...given })).toEqual(
        {},
      )
    },
  )
})

describe('a reset', () => {
  it('is recorded with the number of sessions that it ended, and records no factors where there were none', async () => {
    await setNewPassword(test.ctx, { proof: { token: await mailLink() }, ...WORDS, signIn: false })
    expect(await eventsOf('password_reset')).toEqual([{ session_id: null, details: { sessions: 1 } }])
    expect(await eventsOf('factors_reset')).toEqual([])
    expect(await test.mailbox.kindsTo(person.email)).not.toContain('second-factor-changed')
  })

  it('is mailed to an address that had its notice of the day, because the link has proven it', async () => {
    await requestEmailChange(test.ctx, { identity, newEmail: `new-${person.email}`, password: PASSWORD })
    await setNewPassword(test.ctx, { proof: { token: await mailLink() }, ...WORDS, signIn: false })
    const kinds = await test.mailbox.kindsTo(person.email)
    expect(kinds).toEqual(expect.arrayContaining(['email-change-requested', 'password-changed']))
  })

  it('by opened links uses the one that the form was made for, and no other', async () => {
    const [link, other, third] = [await mailLink(), await mailLink(), await mailLink()]
    const opened = [await open(link), await open(other)]
    const input = { ...WORDS, signIn: false }
    const refused = setNewPassword(test.ctx, { proof: { opened, link: markSecret(third) }, ...input })
    expect(await refusalOf(refused)).toMatchObject({ code: 'other_link' })
    expect(await eventsOf('password_reset')).toEqual([])
    await setNewPassword(test.ctx, { proof: { opened, link: markSecret(link) }, ...input })
    expect(await eventsOf('password_reset')).toHaveLength(1)
  })
})
