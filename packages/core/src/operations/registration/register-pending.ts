import type { Client, Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { TAKEN_ADDRESS } from '../../steps/find-taken-address.ts'
import { sendDecoyLink, sendLink } from '../../steps/send-link.ts'
import { lockCredentialsByEmail } from '../../tables/locks.ts'
import { NAMELESS } from '../../tables/pending-registrations/retire.ts'
import { insertPendingRegistration } from '../../tables/pending-registrations/statements.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { parseKnownDevice } from '../../words/device.ts'
import { invalidFields } from '../../words/errors.ts'
import { newId, type RegistrationId } from '../../words/ids.ts'
import { describeTruncatedIp } from '../../words/truncate-ip.ts'
import { queueConfirmationMail, writeTakenNotice } from './queue-verification-mail.ts'

/** A sign-up with an accepted and hashed password. */
export interface SignUp {
  email: string
  passwordHash: string
  firstName: string
  lastName: string
  language: string | null
  /** The allowed address that the link leads on to. */
  redirectTo: string | undefined
}

/**
 * Stores a pending sign-up, which becomes a user when its own link is followed.
 *
 * A taken address gets the same answer and costs the same statements and mail, but its user gets a notice. The sign-up
 * is stored as a shadow: nobody can confirm it, and a later sign-in with its password is answered as for a sign-up.
 *
 * @throws {DomainError} `invalid` - the address is taken and `preventEnumeration` is off; nothing was written
 */
export async function registerPending(ctx: Context, signUp: SignUp): Promise<void> {
  const { redirectTo, ...rest } = signUp
  await transaction(ctx.db, async (tx) => {
    const user = await lockCredentialsByEmail(tx, signUp.email)
    if (user && !ctx.config.preventEnumeration) throw invalidFields(TAKEN_ADDRESS)
    const pending = {
      ...rest,
      ...(user ? NAMELESS : readOrigin(ctx.client)),
      id: newId<RegistrationId>(),
      isShadow: user !== null,
      lifetimeSeconds: ctx.config.emailConfirmationLifetimeSeconds,
    }
    await insertPendingRegistration(tx, ctx.clock, pending)
    if (user) await queueTakenNotice(ctx, tx, user)
    else await queueConfirmationMail(ctx, tx, { ...pending, redirectTo })
  })
}

/** The device in words of a fixed list and the network, for the mail that lists sign-ups. */
function readOrigin({ ip, userAgent }: Client) {
  return { ...parseKnownDevice(userAgent), network: ip === null ? null : describeTruncatedIp(ip) }
}

/** Mails a notice to the user with the address. */
async function queueTakenNotice(ctx: Context, tx: Database, user: Credentials): Promise<void> {
  const { id, email } = user
  const mail = writeTakenNotice(user)
  // The address that the sign-up named is for a verified user, and this link is for a new password.
  const link = { email, redirectTo: undefined, mail }
  if (user.isActive) await sendLink(ctx, tx, { ...link, purpose: 'reset_password', userId: id })
  else await sendDecoyLink(ctx, tx, link)
}
