import {
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  signUp,
  signUpForm,
  storeFactors,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import { requestEmailChange } from '../../src/operations/email/request-email-change.ts'
import { changePassword } from '../../src/operations/password/change-password.ts'
import { requestPasswordReset } from '../../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../../src/operations/password/set-new-password.ts'
import { register } from '../../src/operations/registration/register.ts'
import { resendVerification } from '../../src/operations/registration/resend-verification.ts'
import { signInWithIdentity } from '../../src/operations/social/sign-in-with-identity.ts'
import { createUser } from '../../src/operations/staff/create-user.ts'
import { deactivateUser } from '../../src/operations/staff/deactivate-user.ts'
import { deleteUser } from '../../src/operations/staff/delete-user.ts'
import { reactivateUser } from '../../src/operations/staff/reactivate-user.ts'
import { resetUserFactors } from '../../src/operations/staff/reset-user-factors.ts'
import { sendUserReset } from '../../src/operations/staff/send-user-reset.ts'
import { setUserEmail } from '../../src/operations/staff/set-user-email.ts'
import { setUserPassword } from '../../src/operations/staff/set-user-password.ts'
import type { MailKind, MailRequest } from '../../src/services/mail/mail-kinds.ts'
import { type Actor, OPERATOR } from '../../src/steps/actor.ts'
import { authenticate } from '../../src/steps/authenticate.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { identityOf } from './identity-of.ts'

/** Stands in every text that a caller can type. */
export const TYPED = 'zanzibar'

/** A user with the mailbox, and what others can do about it. */
export interface MailWorld {
  ctx: Context
  test: TestCore
  /** The address of a person that others write to. */
  mailbox: string
  /** Every mail that was queued, decoys left out. */
  mails: MailRequest[]
  holder: Person
  staff: Actor
  /** An account of the mailbox that nobody has used, once a cause has made it. */
  invited?: string
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
  return { ctx, test, mailbox, mails, holder, staff }
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
    const settings = { emailVerification }
    // The sign-up itself is not looked at here.
    await register(withConfig(silence(ctx), settings), form(email))
    await resendVerification(withConfig(ctx, settings), { email, password })
  }

/** A context whose calls are not counted and send no mail. */
function silence(ctx: Context): Context {
  return { ...ctx, outbox: { ...ctx.outbox, queue: async () => {} }, throttle: UNCOUNTED }
}

const UNCOUNTED: Context['throttle'] = {
  count: async () => {},
  take: async () => null,
  hide: (subject) => subject,
  hideAll: (subject) => [subject],
  isStoreDown: () => false,
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

/** Makes an account with a tagged address of the mailbox; without a password its owner is invited. */
const create = (world: MailWorld, { n, ...given }: { by: Actor; n: number; password?: string }) =>
  createUser(world.ctx, {
    ...given,
    email: tagged(world, n),
    firstName: TYPED,
    lastName: TYPED,
    role: 0,
  })

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
    'resets of second factors by staff': ({ ctx, staff, holder }) =>
      resetUserFactors(ctx, { by: staff, userId: holder.userId }),
  },
  invitation: {
    'invitations by staff, with plus-tags': (world, n) => create(world, { by: world.staff, n }),
    'resets by staff of an account that nobody has used': async (world) => {
      world.invited ??= (await create({ ...world, ctx: silence(world.ctx) }, { by: OPERATOR, n: 0 })).id
      await sendUserReset(world.ctx, { by: world.staff, userId: world.invited })
    },
  },
  'account-deactivated': {
    'deactivations by staff': async (world) => {
      await deactivateUser(world.ctx, { by: world.staff, userId: world.holder.userId })
      await reactivateUser(world.ctx, { by: world.staff, userId: world.holder.userId })
    },
  },
  'account-reactivated': {
    'reactivations by staff': async (world) => {
      await world.test.database.sql`update users set is_active = false where id = ${world.holder.userId}`
      await reactivateUser(world.ctx, { by: world.staff, userId: world.holder.userId })
    },
  },
  'account-deleted': {
    'deletions by staff, with plus-tags': async (world, n) => {
      const { id: userId } = await create(world, { by: OPERATOR, n, password: PASSWORD })
      await deleteUser(world.ctx, { by: world.staff, userId })
    },
  },
  'password-set': {
    'first passwords of invited users, with plus-tags': async (world, n) => {
      const { ctx, mails } = world
      await create(world, { by: OPERATOR, n })
      const invitation = mails.findLast(({ kind }) => kind === 'invitation')
      const { link = '' } = (invitation?.variables ?? {}) as { link?: string }
      const proof = { token: link.split('/').at(-2) ?? '' }
      await setNewPassword(ctx, {
        proof,
        newPassword1: NEW_PASSWORD,
        newPassword2: NEW_PASSWORD,
        signIn: false,
      })
    },
  },
  'second-factor-changed': {
    'resets of second factors by staff': async ({ ctx, test, staff, holder }) => {
      // A refusal for the limit leaves the factors of the time before. A user may have many passkeys.
      await storeFactors(test, holder.userId, { passkey: true })
      await resetUserFactors(ctx, { by: staff, userId: holder.userId })
    },
  },
  'connection-changed': {
    'a first sign-in with an account at a provider': async ({ ctx, test, holder }, n) => {
      await test.database.sql`update users set email_verified = true where id = ${holder.userId}`
      await test.database.sql`delete from connections where user_id = ${holder.userId}`
      await signInWithIdentity(
        ctx,
        identityOf({ email: holder.email, subject: `subject-${holder.userId}-${n}` }),
      )
    },
  },
  // Only a caller who has proven the password causes this one.
  'second-factor-locked': {},
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
