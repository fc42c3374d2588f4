import {
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  signUp,
  signUpForm,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import { requestEmailChange } from '../../src/operations/email/request-email-change.ts'
import { changePassword } from '../../src/operations/password/change-password.ts'
import { requestPasswordReset } from '../../src/operations/password/request-password-reset.ts'
import { register } from '../../src/operations/registration/register.ts'
import { resendVerification } from '../../src/operations/registration/resend-verification.ts'
import { createUser } from '../../src/operations/staff/create-user.ts'
import { sendUserReset } from '../../src/operations/staff/send-user-reset.ts'
import { setUserEmail } from '../../src/operations/staff/set-user-email.ts'
import { setUserPassword } from '../../src/operations/staff/set-user-password.ts'
import type { MailKind, MailRequest } from '../../src/services/mail/mail-kinds.ts'
import type { Actor } from '../../src/steps/actor.ts'
import { authenticate } from '../../src/steps/authenticate.ts'
import type { TokenPair } from '../../src/words/claims.ts'

/** Stands in every text that a caller can type. */
export const TYPED = 'zanzibar'

/** A user with the mailbox, and what others can do about it. */
export interface MailWorld {
  ctx: Context
  /** The address of a person that others write to. */
  mailbox: string
  /** Every mail that was queued, decoys left out. */
  mails: MailRequest[]
  holder: Person
  staff: Actor
}

/** Creates a world whose outbox only notes its mails. */
export async function createMailWorld(test: TestCore, options: { isProven: boolean }): Promise<MailWorld> {
  const mails: MailRequest[] = []
  const client = test.contextOf({ userAgent: `${TYPED}/1` })
  const queue = async (_: unknown, mail: MailRequest) => {
    if (!mail.discard) mails.push(mail)
  }
  const ctx = { ...client, outbox: { ...client.outbox, sends: true, queue } }
  const mailbox = newEmail()
  const holder = await signUp(ctx, mailbox)
  const member = await signUp(ctx)
  await test.database.sql`update users set role = 900 where id = ${member.userId}`
  await test.database.sql`
    update users set email_verified = ${options.isProven} where id = ${holder.userId}`
  const staff = { kind: 'staff', identity: await authenticate(ctx, member.tokens.access) } as const
  return { ctx, mailbox, mails, holder, staff }
}

/** Causes a mail to the mailbox for the n-th time. */
export type Cause = (world: MailWorld, n: number) => Promise<unknown>

type Address = (world: MailWorld, n: number) => string

const plain: Address = ({ mailbox }) => mailbox
const tagged: Address = ({ mailbox }, n) => mailbox.replace('@', `+${n}@`)
const typed: Address = ({ mailbox }, n) => `${TYPED}${n}-${mailbox}`

const form = (email: string) => signUpForm({ email, firstName: TYPED, lastName: TYPED })

const signUpUnder =
  (emailVerification: 'optional' | 'mandatory', address: Address): Cause =>
  (world, n) =>
    register(withConfig(world.ctx, { emailVerification }), form(address(world, n)))

const resendUnder =
  (emailVerification: 'optional' | 'mandatory', password?: string): Cause =>
  async (world, n) => {
    const { ctx } = world
    const email = tagged(world, n)
    // The sign-up itself is not looked at here, so it is not counted and sends no mail.
    const silent = { ...ctx, outbox: { ...ctx.outbox, queue: async () => {} }, throttle: UNCOUNTED }
    const settings = { emailVerification }
    await register(withConfig(silent, settings), form(email))
    await resendVerification(withConfig(ctx, settings), { email, password })
  }

const UNCOUNTED: Context['throttle'] = {
  count: async () => {},
  take: async () => null,
  hide: (subject) => subject,
  close: () => {},
}

const askForAddress =
  (address: Address, who: 'the holder' | 'another user'): Cause =>
  async (world, n) => {
    const { ctx, holder } = world
    const { tokens } = who === 'the holder' ? holder : await signUp(ctx)
    const identity = await authenticate(ctx, tokens.access)
    await requestEmailChange(ctx, { identity, newEmail: address(world, n), password: PASSWORD })
  }

/** Every way in which another person causes a mail to the mailbox, per kind of mail. */
export const CAUSES: Record<MailKind, Record<string, Cause>> = {
  'verify-email': {
    'sign-ups with plus-tags': signUpUnder('optional', tagged),
    'requests to send it again, with plus-tags': resendUnder('optional'),
  },
  'confirm-registration': {
    'sign-ups with plus-tags': signUpUnder('mandatory', tagged),
    'requests to send it again, with plus-tags': resendUnder('mandatory', PASSWORD),
  },
  'pending-sign-ups': { 'requests for the list, with plus-tags': resendUnder('mandatory') },
  'account-exists': { 'sign-ups with the address': signUpUnder('mandatory', plain) },
  'reset-password': {
    'requests for a reset': ({ ctx, mailbox: email }) => requestPasswordReset(ctx, { email }),
    'resets by staff': ({ ctx, staff, holder }) => sendUserReset(ctx, { by: staff, userId: holder.userId }),
    'invitations by staff, with plus-tags': (world, n) =>
      createUser(world.ctx, {
        by: world.staff,
        email: tagged(world, n),
        firstName: TYPED,
        lastName: TYPED,
        role: 0,
      }),
  },
  'confirm-email-change': { 'changes of address of many users': askForAddress(tagged, 'another user') },
  'email-change-requested': { 'changes of address of the user': askForAddress(typed, 'the holder') },
  'email-changed': {
    'changes of address by staff': (world, n) => {
      const { ctx, staff, holder } = world
      const email = (n % 2 ? plain : typed)(world, n)
      return setUserEmail(ctx, { by: staff, userId: holder.userId, email })
    },
  },
  'password-changed': {
    'changes of password in a loop': async (world) => {
      const passwords = { oldPassword: PASSWORD, newPassword1: PASSWORD, newPassword2: PASSWORD }
      const identity = await authenticate(world.ctx, world.holder.tokens.access)
      const tokens = (await changePassword(world.ctx, { identity, ...passwords })) as TokenPair
      world.holder = { ...world.holder, tokens }
    },
    'changes of password by staff': ({ ctx, staff, holder }) =>
      setUserPassword(ctx, { by: staff, userId: holder.userId, password: NEW_PASSWORD }),
  },
}
