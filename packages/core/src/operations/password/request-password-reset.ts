import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { countMail } from '../../steps/count-mail.ts'
import { mustVerify } from '../../steps/must-verify.ts'
import { sendDecoyLink, sendLink, type WriteMail } from '../../steps/send-link.ts'
import { lockCredentialsByEmail } from '../../tables/locks.ts'
import type { Credentials } from '../../tables/users/columns.ts'

/**
 * Mails a link for a new password to the active user with an address; with mandatory verification the address must be
 * verified. Any other address gets the same answer at the same cost.
 *
 * @param input.email - normalised
 * @param input.redirectTo - the allowed address of the form that the link leads on to
 */
export async function requestPasswordReset(
  ctx: Context,
  input: { email: string; redirectTo?: string },
): Promise<void> {
  const { email, redirectTo } = input
  await countMail(ctx, email)
  await transaction(ctx.db, async (tx) => {
    const user = await lockCredentialsByEmail(tx, email)
    const language = user?.language ?? null
    const mail: WriteMail = (mailed) => ({
      kind: 'reset-password',
      to: email,
      language,
      variables: { email, ...mailed },
    })
    if (user && mayReset(ctx, user)) {
      await sendLink(ctx, tx, { purpose: 'reset_password', email, userId: user.id, redirectTo, mail })
    } else {
      await sendDecoyLink(ctx, tx, { email, redirectTo, mail })
    }
  })
}

function mayReset(ctx: Context, user: Credentials): boolean {
  return user.isActive && !mustVerify(ctx, user)
}
