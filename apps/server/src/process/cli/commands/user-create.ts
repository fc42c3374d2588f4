import {
  emailField,
  languageField,
  nameField,
  passwordField,
  STAFF_ROLE,
  SUPERUSER_ROLE,
} from '@latchkey/contract'
import { OPERATOR } from '@latchkey/core'
import { createUser, type UserCreation } from '@latchkey/core/operations/staff/create-user'
import { type Command, type Domain, type Given, onDomain, type Work } from '../command.ts'
import { readField } from '../read-fields.ts'
import { readPassword } from '../read-password.ts'
import { requireMail } from '../require-mail.ts'
import { UsageError } from '../usage-error.ts'

/** Creates a user. The first superuser is created by this command. */
export const CREATE_USER: Command = {
  name: 'user create',
  summary: 'Make an account',
  usage: '--email <address> [options]',
  options: {
    email: { type: 'string', help: 'The address it signs in with.' },
    'first-name': { type: 'string', help: "Its owner's first name." },
    'last-name': { type: 'string', help: "Its owner's last name." },
    language: { type: 'string', help: 'The language of its mails, for example de.' },
    superuser: { type: 'boolean', help: 'May do everything to every account.' },
    staff: { type: 'boolean', help: 'May act on the accounts of users.' },
    'password-stdin': { type: 'boolean', help: 'Read the password from standard input instead of asking.' },
    invite: { type: 'boolean', help: 'Mail a link by which its owner sets a password.' },
  },
  words: { min: 0, max: 0 },
  plan,
}

/** A password is never an argument. The history of the shell and the list of processes show arguments. */
async function plan({ options }: Given): Promise<Work> {
  if (options.email === undefined) throw new UsageError('--email is missing.')
  if (options.superuser && options.staff) throw new UsageError('--superuser and --staff exclude one another.')
  if (options.invite && options['password-stdin']) {
    throw new UsageError('--invite and --password-stdin exclude one another.')
  }
  const name = nameField({ blank: true })
  const creation = {
    by: OPERATOR,
    email: readField('email', emailField(), options.email),
    firstName: readField('first-name', name, options['first-name'] ?? ''),
    lastName: readField('last-name', name, options['last-name'] ?? ''),
    language: readField('language', languageField(), options.language),
    role: options.superuser ? SUPERUSER_ROLE : options.staff ? STAFF_ROLE : 0,
  }
  if (options.invite) return onDomain((domain) => create(domain, creation))
  const typed = await readPassword({ fromInput: options['password-stdin'] === true, orElse: ' or --invite' })
  const password = readField('password', passwordField(), typed)
  return onDomain((domain) => create(domain, { ...creation, password }))
}

async function create({ ctx, mail }: Domain, creation: UserCreation) {
  const isInvited = creation.password === undefined
  if (isInvited) requireMail({ mail })
  const made = await createUser(ctx, creation)
  const invitation = isInvited ? '\nAn invitation waits to be mailed by the server.' : ''
  return { text: `Made ${made.email} (${made.id}), role ${made.role}.${invitation}`, data: made }
}
