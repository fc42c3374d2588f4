import { emailField, nameField, passwordField, STAFF_ROLE, SUPERUSER_ROLE } from '@latchkey/contract'
import { OPERATOR } from '@latchkey/core'
import { createUser } from '@latchkey/core/operations/staff/create-user'
import type { Command, Given, Run } from '../command.ts'
import { readField } from '../read-fields.ts'
import { askPassword, readPasswordFromInput } from '../read-password.ts'
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
    superuser: { type: 'boolean', help: 'May do everything to every account.' },
    staff: { type: 'boolean', help: 'May act on the accounts of users.' },
    'password-stdin': { type: 'boolean', help: 'Read the password from standard input instead of asking.' },
    invite: { type: 'boolean', help: 'Mail a link by which its owner sets a password.' },
  },
  words: { min: 0, max: 0 },
  prepare,
  run,
}

/** A password is never an argument. The history of the shell and the list of processes show arguments. */
async function prepare({ options }: Given): Promise<Partial<Given>> {
  if (options.email === undefined) throw new UsageError('--email is missing.')
  if (options.superuser && options.staff) throw new UsageError('--superuser and --staff exclude one another.')
  if (options.invite && options['password-stdin']) {
    throw new UsageError('--invite and --password-stdin exclude one another.')
  }
  if (options.invite) return {}
  return { password: options['password-stdin'] ? await readPasswordFromInput() : await askPassword() }
}

async function run({ ctx, given, mail, print }: Run): Promise<void> {
  const { options, password } = given
  if (options.invite) requireMail({ mail })
  const email = readField('email', emailField(), options.email)
  const name = nameField({ blank: true })
  const made = await createUser(ctx, {
    by: OPERATOR,
    email,
    firstName: readField('first-name', name, options['first-name'] ?? ''),
    lastName: readField('last-name', name, options['last-name'] ?? ''),
    role: options.superuser ? SUPERUSER_ROLE : options.staff ? STAFF_ROLE : 0,
    ...(password !== undefined && { password: readField('password', passwordField(), password) }),
  })
  print(`Made ${made.email} (${made.id}), role ${made.role}.`)
  if (options.invite) print('An invitation waits to be mailed by the server.')
}
