import { emailField, passwordField } from '@latchkey/contract'
import { OPERATOR, spellCount } from '@latchkey/core'
import { type FactorReset, resetUserFactors } from '@latchkey/core/operations/staff/reset-user-factors'
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
  {
    name: 'user reset-factors',
    summary: 'Remove its second factors, end every session, mail a link for a new password',
    usage: '<address or id> [--keep-password]',
    options: {
      'keep-password': {
        type: 'boolean',
        help: 'Leave the password as it is, and mail no link.',
      },
    },
    words: { min: 1, max: 1 },
    plan: ({ words, options }) => {
      const who = readWho(words[0])
      const keepPassword = options['keep-password'] === true
      return onDomain((domain) => resetFactors(domain, who, keepPassword))
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
      : `${former} is ${email} now; ${spellCount(sessions, 'session has', 'sessions have')} ended.`
  return { text, data: { id, email, emailVerified: true, sessions: sessions ?? 0 } }
}

async function resetFactors({ ctx }: Domain, who: Who, keepPassword: boolean) {
  const { id, email } = await requireUser(ctx, who)
  const reset = await resetUserFactors(ctx, { by, userId: id, keepPassword })
  const { sessions, ...done } = reset
  const text = `${email} has no second factor now; ${spellCount(sessions, 'session has', 'sessions have')} ended. ${describeReset(reset)}`
  return { text, data: { id, email, sessions, ...done } }
}

function describeReset({ keepsPassword, isMailed }: FactorReset): string {
  if (keepsPassword) return 'Its password works as before.'
  const dead = 'Its password works no longer.'
  if (!isMailed) return `${dead} No link is mailed, because the account is deactivated.`
  return `${dead} A link for a new one waits to be mailed by the server.`
}

async function setPassword({ ctx }: Domain, who: Who, password: string) {
  const { id, email } = await requireUser(ctx, who)
  const sessions = await setUserPassword(ctx, { by, userId: id, password })
  return {
    text: `${email} has a new password; ${spellCount(sessions, 'session has', 'sessions have')} ended.`,
    data: { id, email, sessions },
  }
}
