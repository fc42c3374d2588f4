import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { sendLink, type WriteMail } from '../../steps/send-link.ts'
import type { RegistrationId, UserId } from '../../words/ids.ts'

/** Mails a user a link that verifies its address. */
export async function queueVerificationMail(
  ctx: Context,
  tx: Database,
  user: {
    id: UserId
    email: string
    language: string | null
    redirectTo: string | undefined
  },
): Promise<void> {
  const { email, redirectTo } = user
  await sendLink(ctx, tx, {
    purpose: 'verify_email',
    email,
    userId: user.id,
    redirectTo,
    mail: writeVerificationMail(user),
  })
}

interface Addressee {
  email: string
  language: string | null
}

/** Writes the mail with the link that verifies the address of a user. */
export function writeVerificationMail({ email, language }: Addressee): WriteMail {
  return ({ link, lifetime }) => ({
    kind: 'verify-email',
    to: email,
    language,
    variables: { email, link, lifetime },
  })
}

interface Pending extends Addressee {
  createdAt?: Date
}

/** Mails the link of one pending sign-up. */
export async function queueConfirmationMail(
  ctx: Context,
  tx: Database,
  pending: Pending & { id: RegistrationId; redirectTo: string | undefined },
): Promise<void> {
  await sendLink(ctx, tx, {
    purpose: 'confirm_registration',
    email: pending.email,
    registrationId: pending.id,
    redirectTo: pending.redirectTo,
    mail: writeConfirmationMail(pending),
  })
}

/**
 * Writes the mail with the link of one sign-up, with its time, so that the reader can recognise a stranger's.
 *
 * The names of the sign-up stay out. Otherwise a stranger could send any text to any mailbox.
 */
export function writeConfirmationMail(pending: Pending): WriteMail {
  const { email, language, createdAt } = pending
  return ({ link, lifetime, requestedAt }) => ({
    kind: 'confirm-registration',
    to: email,
    language,
    variables: {
      email,
      link,
      lifetime,
      requestedAt: createdAt?.getTime() ?? requestedAt,
    },
  })
}

/**
 * Writes the notice that a user has the address of a sign-up, with the time of the sign-up, and with a link for a new
 * password in case the user itself signed up.
 */
export function writeTakenNotice({ email, language, createdAt }: Pending): WriteMail {
  return ({ link, lifetime, requestedAt }) => ({
    kind: 'account-exists',
    to: email,
    language,
    variables: { email, resetUrl: link, lifetime, requestedAt: createdAt?.getTime() ?? requestedAt },
  })
}
