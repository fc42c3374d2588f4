import { emailField, passwordField } from '@latchkey/contract'
import { OPERATOR } from '@latchkey/core'
import { setUserEmail } from '@latchkey/core/operations/staff/set-user-email'
import { setUserPassword } from '@latchkey/core/operations/staff/set-user-password'
import { verifyUserEmail } from '@latchkey/core/operations/staff/verify-user-email'
import { type Command, type Domain, onDomain } from '../command.ts'
import { readWho, requireUser, type Who } from '../find-user.ts'
import { readField } from '../read-fields.ts'
import { readPassword } from '../read-password.ts'

const by = OPERATOR

/** The commands that replace what a user signs in with, for owners who cannot do it by a mailed link. */
export const CREDENTIAL_COMMANDS: Command[] = [
  {
    name: 'user verify',
    summary: 'Mark its address as verified',
    usage: '<address or id>',
    options: {},
    words: { min: 1, max: 1 },
    plan: ({ words }) => {
      const who = readWho(words[0])
      return onDomain((domain) => verify(domain, who))
    },
  },
  {
    name: 'user set-email',
    summary: 'Give it another address, and end every session',
    usage: '<address or id> <new address>',
    options: {},
    words: { min: 2, max: 2 },
    plan: ({ words }) => {
      const who = readWho(words[0])
      const email = readField('new address', emailField(), words[1])
      return onDomain((domain) => setEmail(domain, who, email))
    },
  },
  {
    name: 'user set-password',
    summary: 'Give it another password, and end every session',
    usage: '<address or id> [--password-stdin]',
    options: {
      'password-stdin': {
        type: 'boolean',
        help: 'Read the password from standard input instead of asking.',
      },
    },
    words: { min: 1, max: 1 },
    plan: async ({ words, options }) => {
      const who = readWho(words[0])
      const typed = await readPassword({ fromInput: options['password-stdin'] === true })
      const password = readField('password', passwordField(), typed)
      return onDomain((domain) => setPassword(domain, who, password))
    },
  },
]

async function verify({ ctx }: Domain, who: Who) {
  const { id, email } = await requireUser(ctx, who)
  const verified = await verifyUserEmail(ctx, { by, userId: id })
  const text = verified ? `${email} is verified.` : `${email} was verified before.`
  return { text, data: { id, email, emailVerified: true } }
}

async function setEmail({ ctx }: Domain, who: Who, email: string) {
  const { id, email: former } = await requireUser(ctx, who)
  const sessions = await setUserEmail(ctx, { by, userId: id, email })
  const text =
    sessions === null
      ? `${email} is its address already.`
      : `${former} is ${email} now; ${sessions} sessions have ended.`
  return { text, data: { id, email, emailVerified: true, sessions: sessions ?? 0 } }
}

async function setPassword({ ctx }: Domain, who: Who, password: string) {
  const { id, email } = await requireUser(ctx, who)
  const sessions = await setUserPassword(ctx, { by, userId: id, password })
  return {
    text: `${email} has a new password; ${sessions} sessions have ended.`,
    data: { id, email, sessions },
  }
}
