import {
  createTestCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
  signUpForm,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { cancelEmailChange } from '../src/operations/email/cancel-email-change.ts'
import { confirmEmailChange } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import type { MailRequest } from '../src/services/mail/mail-kinds.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { hashLinkSecret } from '../src/steps/link-secret.ts'

let test: TestCore
let ctx: Context
const mails: MailRequest[] = []
const keepMail = async (_: unknown, mail: MailRequest) => void mails.push(mail)
beforeAll(async () => {
  test = await createTestCore({ config: { emailVerification: 'optional' } })
  ctx = withQueue(keepMail)
})
afterAll(() => test.close())

function withQueue(queue: (tx: unknown, mail: MailRequest) => Promise<void>): Context {
  return { ...test.ctx, outbox: { ...test.ctx.outbox, sends: true, queue } }
}

function secretOf(kind: MailRequest['kind']): string {
  const { link = '' } = (mails.findLast((mail) => mail.kind === kind)?.variables ?? {}) as { link?: string }
  return link.split('/').at(-2) ?? ''
}

/** Opens a transaction of the test's own, beside those of the domain. */
async function begin() {
  const tx = await test.database.sql.reserve()
  await tx`begin`
  const commit = async () => {
    await tx`commit`
    tx.release()
  }
  return { tx, commit }
}

/** Waits until some work waits for a lock, or has ended without one. */
function waitForBlockOrEnd(work: Promise<unknown>): Promise<unknown> {
  const ended = work.catch(() => undefined)
  return Promise.race([test.database.waitForBlocked(), ended])
}

const NEW = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }

/** Each use or end of a link that belongs to a user: mails the link, and returns its secret and its use. */
const USES: Record<string, (person: Person) => Promise<[string, () => Promise<unknown>]>> = {
  'a verification': async () => {
    const key = secretOf('verify-email')
    return [key, () => verifyEmail(ctx, { key })]
  },
  'a reset': async ({ email }) => {
    await requestPasswordReset(ctx, { email })
    const token = secretOf('reset-password')
    return [token, () => setNewPassword(ctx, { proof: { token }, ...NEW, signIn: false })]
  },
  'a change of address': async ({ tokens }) => {
    const identity = await authenticate(ctx, tokens.access)
    await requestEmailChange(ctx, { identity, newEmail: newEmail(), password: PASSWORD })
    const key = secretOf('confirm-email-change')
    return [key, () => confirmEmailChange(ctx, { key })]
  },
  'a cancelled change of address': async ({ tokens }) => {
    const identity = await authenticate(ctx, tokens.access)
    await requestEmailChange(ctx, { identity, newEmail: newEmail(), password: PASSWORD })
    return [secretOf('confirm-email-change'), () => cancelEmailChange(ctx, { identity })]
  },
}

describe('a link is used after the row of its owner is locked', () => {
  it.each(Object.entries(USES))('so %s waits for the owner, and holds no link meanwhile', async (_, mail) => {
    const person = await signUp(ctx)
    const [secret, use] = await mail(person)
    const { tx, commit } = await begin()
    await tx`select 1 from users where id = ${person.userId} for no key update`
    const used = use()
    await waitForBlockOrEnd(used)
    const free = tx`select used_at from capabilities where token_hash = ${hashLinkSecret(secret)} for update nowait`
    expect(await free).toEqual([{ used_at: null }])
    await commit()
    await used
  })
})

/** Each operation that stores a link for a user: it reads the user, and then mails. */
const STORES: Record<string, (waiting: Context, person: Person) => Promise<unknown>> = {
  'a request for a reset': (waiting, { email }) => requestPasswordReset(waiting, { email }),
  'a verification mail sent again': (waiting, { email }) => resendVerification(waiting, { email }),
  'a sign-up for a taken address': (waiting, { email }) =>
    register(withConfig(waiting, { emailVerification: 'mandatory' }), signUpForm({ email })),
  'a request for a change of address': async (waiting, { tokens }) => {
    const identity = await authenticate(waiting, tokens.access)
    await requestEmailChange(waiting, { identity, newEmail: newEmail(), password: PASSWORD })
  },
}

describe('a link is stored while the row of its owner is locked', () => {
  it.each(Object.entries(STORES))(
    'so a deactivation waits for %s, and deletes its link',
    async (_, store) => {
      const person = await signUp(ctx)
      const reached = Promise.withResolvers<void>()
      const opened = Promise.withResolvers<void>()
      const waiting = withQueue(async () => {
        reached.resolve()
        await opened.promise
      })
      const stored = store(waiting, person)
      await reached.promise
      const deactivated = deactivateUser(ctx, { by: OPERATOR, userId: person.userId })
      await waitForBlockOrEnd(deactivated)
      opened.resolve()
      await Promise.all([stored, deactivated])
      const left = await test.database.sql`select 1 from capabilities where user_id = ${person.userId}`
      expect(left).toEqual([])
    },
  )
})

describe.each([true, false])('a change of password with LOGOUT_ON_PASSWORD_CHANGE=%s', (ends) => {
  it('waits for the end of the session that is succeeded, and then changes nothing', async () => {
    const person = await signUp(ctx)
    const identity = await authenticate(ctx, person.tokens.access)
    const { tx, commit } = await begin()
    await tx`delete from sessions where id = ${person.sessionId}`
    const settings = withConfig(ctx, { logoutOnPasswordChange: ends })
    const changed = refusalOf(changePassword(settings, { identity, oldPassword: PASSWORD, ...NEW }))
    await waitForBlockOrEnd(changed)
    await commit()
    expect(await changed).toMatchObject({ code: 'token_not_valid' })
    await expect(login(ctx, person)).resolves.toBeDefined()
  })
})

describe('a refresh', () => {
  it('waits for the end of its session, and gives no tokens then', async () => {
    const person = await signUp(ctx)
    const { tx, commit } = await begin()
    await tx`delete from sessions where id = ${person.sessionId}`
    const refreshed = refusalOf(refreshSession(ctx, person.tokens))
    await waitForBlockOrEnd(refreshed)
    await commit()
    expect(await refreshed).toMatchObject({ code: 'token_not_valid' })
  })

  it('does not wait for a change of its user that leaves the session alone', async () => {
    const person = await signUp(ctx)
    const { tx, commit } = await begin()
    await tx`select 1 from users where id = ${person.userId} for no key update`
    await expect(refreshSession(ctx, person.tokens)).resolves.toBeDefined()
    await commit()
  })
})
