import {
  createTestCore,
  logIn,
  NEW_PASSWORD,
  PASSWORD,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logout } from '../src/operations/auth/logout.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { createComposer, prepareMail } from '../src/services/mail/compose-mail.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { DomainError } from '../src/words/errors.ts'
import { findMailbox } from '../src/words/mailbox.ts'
import { NO_LIMITS } from '../src/words/rate-limits.ts'
import { CAUSES, type Cause, createMailWorld, type MailWorld, TYPED } from './support/mail-causes.ts'
import { MAIL_SITE } from './support/test-mails.ts'

const LIMIT = 3
const ATTEMPTS = 10
const perHour = (calls: number) => ({ calls, seconds: 3600 })
const LIMITS = {
  ...NO_LIMITS,
  login: perHour(ATTEMPTS),
  mail: perHour(LIMIT),
  unproven: { calls: 1, seconds: 86_400 },
}

let test: TestCore
beforeAll(async () => {
  test = await createTestCore({ throttle: { store: 'memory', redisUrl: null, limits: LIMITS } })
})
afterAll(() => test.close())

/** Each world has its own mailbox. */
const open = (isProven: boolean) => createMailWorld(test, { isProven })

/** Causes a mail again and again. A refusal for its limit is one way to bound it. */
async function repeat(world: MailWorld, cause: Cause): Promise<void> {
  for (let n = 0; n < ATTEMPTS; n++) {
    await cause(world, n).catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== 'throttled') throw error
    })
  }
}

const mailsTo = ({ mails, mailbox }: MailWorld) => mails.filter(({ to }) => findMailbox(to) === mailbox)

/** The notices, in an order in which the first cause of each leaves the holder a session for the next. */
const NOTICES = [
  'email-change-requested',
  'password-changed',
  'account-deactivated',
  'account-reactivated',
  'account-deleted',
  'password-set',
  'email-changed',
] as const

/** The others go to addresses that a link or an actor has proven. */
const NOTICES_TO_HOLDER = NOTICES.filter((kind) => kind !== 'account-deleted' && kind !== 'password-set')

function firstCause(kind: (typeof NOTICES)[number]): Cause {
  const [cause] = Object.values(CAUSES[kind])
  if (!cause) throw new Error(`There is no cause of ${kind}.`)
  return cause
}

const EVERY_CAUSE = Object.entries(CAUSES).flatMap(([kind, causes]) =>
  Object.entries(causes).map(([name, cause]) => [kind, name, cause] as const),
)

describe('a mailbox', () => {
  it.each(EVERY_CAUSE)('gets the mail %s as often as the limit allows, by %s', async (kind, _, cause) => {
    const world = await open(true)
    await repeat(world, cause)
    const mails = mailsTo(world).filter((mail) => mail.kind === kind)
    expect(mails.filter(({ afterSeconds = 0 }) => afterSeconds === 0)).toHaveLength(LIMIT)
    expect(mails.filter(({ afterSeconds = 0 }) => afterSeconds > 0).length).toBeLessThanOrEqual(1)
  })

  it('that strangers have filled with mail still gets a notice of each kind', async () => {
    const world = await open(true)
    await repeat(world, () => requestPasswordReset(world.ctx, { email: world.mailbox }))
    for (const kind of NOTICES) {
      await firstCause(kind)(world, 0)
      expect(mailsTo(world).map((mail) => mail.kind)).toContain(kind)
    }
  })

  it.each([
    ['reset second factors', 'resets of second factors by staff', 'reset-password'],
    ['send a reset', 'resets by staff', 'reset-password'],
    ['invite', 'invitations by staff, with plus-tags', 'invitation'],
  ] as const)(
    'that strangers have filled with mail does not keep staff from it: they %s',
    async (_, cause, kind) => {
      const world = await open(true)
      await repeat(world, () => requestPasswordReset(world.ctx, { email: world.mailbox }))
      world.mails.length = 0
      const act: Cause | undefined = (CAUSES[kind] as Record<string, Cause>)[cause]
      await act?.(world, 0)
      expect(mailsTo(world).map((mail) => mail.kind)).toContain(kind)
    },
  )

  it('over the limit of notices gets one more at the end of the window, which stands for the rest', async () => {
    const world = await open(true)
    await repeat(world, firstCause('password-changed'))
    const waits = mailsTo(world).map(({ afterSeconds }) => afterSeconds ?? 0)
    expect(waits).toHaveLength(LIMIT + 1)
    expect(waits.slice(0, LIMIT)).toEqual([0, 0, 0])
    expect(waits[LIMIT]).toBeGreaterThan(3000)
  })
})

it('a change of password that is rolled back uses up no notice of the user', async () => {
  const world = await open(true)
  const { ctx, holder, mails } = world
  const { hasher } = ctx
  for (let n = 0; n <= LIMIT; n++) {
    const { access, refresh } = await logIn(ctx, holder)
    const identity = await authenticate(ctx, access)
    // The session ends while the new password is hashed.
    const hash: typeof hasher.hash = async (...args) => {
      await logout(ctx, { identity, refresh })
      return hasher.hash(...args)
    }
    const passwords = { oldPassword: PASSWORD, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    const change = changePassword({ ...ctx, hasher: { ...hasher, hash } }, { identity, ...passwords })
    expect((await refusalOf(change)).code).toBe('token_not_valid')
  }
  mails.length = 0
  await firstCause('password-changed')(world, 0)
  expect(mailsTo(world)).toMatchObject([{ kind: 'password-changed', afterSeconds: 0 }])
})

describe('an unproven address', () => {
  it('gets one notice a day, of whatever kind and under however many plus-tags', async () => {
    const world = await open(false)
    for (const kind of NOTICES_TO_HOLDER) await firstCause(kind)(world, 0)
    for (let n = 0; n < LIMIT; n++) {
      const { tokens } = await signUp(world.ctx, world.mailbox.replace('@', `+${n}@`))
      const identity = await authenticate(world.ctx, tokens.access)
      const passwords = { oldPassword: PASSWORD, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
      await changePassword(world.ctx, { identity, ...passwords })
    }
    expect(mailsTo(world).map(({ kind }) => kind)).toEqual(['email-change-requested'])
  })

  it.each(EVERY_CAUSE)('reads no text that a caller typed in the mail %s, by %s', async (kind, _, cause) => {
    const world = await open(false)
    await cause(world, 0)
    const compose = await createComposer(MAIL_SITE)
    const mails = mailsTo(world)
    expect(mails.map((mail) => mail.kind)).toContain(kind)
    for (const mail of mails) {
      const composed = compose(prepareMail(mail, test.ctx.config.publicUrl))
      expect(JSON.stringify(composed).toLowerCase()).not.toContain(TYPED)
    }
  })
})

it('a change of password in a loop does not renew the limit of password checks', async () => {
  const world = await open(true)
  const change = () => firstCause('password-changed')(world, 0)
  for (let n = 0; n < ATTEMPTS; n++) await change()
  expect((await refusalOf(change())).code).toBe('throttled')
})
