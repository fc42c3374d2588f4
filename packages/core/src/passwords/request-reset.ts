import { type Credentials, findCredentialsByEmail } from '../accounts/store.ts'
import { sendDecoyLink, sendLink, type WriteMail } from '../capabilities/send-link.ts'
import type { Context } from '../context.ts'
import { transaction } from '../transaction.ts'

/**
 * Mails a link for a new password to an active account that holds the address; with mandatory verification, that
 * holds it confirmed. Any other address is answered alike and costs the same.
 *
 * @param input.email - normalised
 */
export async function requestPasswordReset(ctx: Context, input: { email: string }): Promise<void> {
  const { email } = input
  const mail: WriteMail = (mailed) => ({ kind: 'reset-password', to: email, variables: { email, ...mailed } })
  await transaction(ctx.db, async (tx) => {
    const user = await findCredentialsByEmail(tx, email)
    if (user && mayReset(ctx, user)) {
      await sendLink(ctx, tx, { purpose: 'reset_password', email, userId: user.id, mail })
    } else {
      await sendDecoyLink(ctx, tx, { email, mail })
    }
  })
}

function mayReset(ctx: Context, user: Credentials): boolean {
  return user.isActive && (user.emailVerified || ctx.config.emailVerification !== 'mandatory')
}
