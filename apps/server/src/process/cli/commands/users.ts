import { pageFields, readPage, roleField } from '@latchkey/contract'
import { type Context, OPERATOR, type StaffUser } from '@latchkey/core'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { deleteUser } from '@latchkey/core/operations/staff/delete-user'
import { endUserSessions } from '@latchkey/core/operations/staff/end-user-sessions'
import { listUserSessions } from '@latchkey/core/operations/staff/list-user-sessions'
import { listUsers } from '@latchkey/core/operations/staff/list-users'
import { reactivateUser } from '@latchkey/core/operations/staff/reactivate-user'
import { sendUserReset } from '@latchkey/core/operations/staff/send-user-reset'
import { setUserRole } from '@latchkey/core/operations/staff/set-user-role'
import type { Command, Run } from '../command.ts'
import { requireUser } from '../find-user.ts'
import { readField } from '../read-fields.ts'
import { requireMail } from '../require-mail.ts'
import { formatTable } from '../table.ts'

/** An act on one user. It returns the line to print. */
type Act = (ctx: Context, account: StaffUser, run: Run) => Promise<string>

function act(name: string, summary: string, work: Act): Command {
  return {
    name: `user ${name}`,
    summary,
    usage: '<address or id>',
    options: {},
    words: { min: 1, max: 1 },
    run: async (run) => {
      const account = await requireUser(run.ctx, run.given.words[0])
      run.print(await work(run.ctx, account, run))
    },
  }
}

const by = OPERATOR

export const USER_COMMANDS: Command[] = [
  {
    name: 'user list',
    summary: 'List accounts, the newest first',
    usage: '[beginning of address or name] [options]',
    options: {
      role: { type: 'string', help: 'Only this role: 0, 1000 staff, 900 superuser.' },
      limit: { type: 'string', help: 'At most so many; 50 when left out.' },
      cursor: { type: 'string', help: 'Goes on after a page.' },
    },
    words: { min: 0, max: 1 },
    run: list,
  },
  act('show', 'Show an account and its sessions', show),
  act('deactivate', 'End every session and refuse sign-ins', async (ctx, { id, email }) => {
    await deactivateUser(ctx, { by, userId: id })
    return `Deactivated ${email}; its sessions have ended.`
  }),
  act('reactivate', 'Let it sign in again', async (ctx, { id, email }) => {
    await reactivateUser(ctx, { by, userId: id })
    return `Reactivated ${email}.`
  }),
  {
    name: 'user set-role',
    summary: 'Give it another role: 0, 1000 staff, 900 superuser',
    usage: '<address or id> <role>',
    options: {},
    words: { min: 2, max: 2 },
    run: setRole,
  },
  act('end-sessions', 'End every session', async (ctx, { id, email }) => {
    const count = await endUserSessions(ctx, { by, userId: id })
    return `Ended ${count} sessions of ${email}.`
  }),
  act('send-reset', 'Mail a link for a new password', async (ctx, { id, email }, run) => {
    requireMail(run)
    await sendUserReset(ctx, { by, userId: id })
    return `A link for ${email} waits to be mailed by the server.`
  }),
  act('delete', 'Delete it and what tells of its owner', async (ctx, { id, email }) => {
    await deleteUser(ctx, { by, userId: id })
    return `Deleted ${email}.`
  }),
]

async function list({ ctx, given, print }: Run): Promise<void> {
  const { role, limit, cursor } = given.options
  const fields = pageFields()
  const page = readPage({
    cursor: readField('cursor', fields.cursor, cursor),
    limit: readField('limit', fields.limit, limit),
  })
  const wanted = role === undefined ? undefined : readRole(role)
  const found = await listUsers(ctx, { search: given.words[0], role: wanted, page })
  const rows = found.items.map((account) => [account.id, account.email, ...describe(account)])
  print(formatTable(['id', 'address', 'role', 'active', 'verified', 'name'], rows))
  if (found.nextCursor) print(`More: --cursor ${found.nextCursor}`)
}

function describe({ role, isActive, emailVerified, firstName, lastName }: StaffUser): string[] {
  const yes = (flag: boolean) => (flag ? 'yes' : 'no')
  return [String(role), yes(isActive), yes(emailVerified), `${firstName} ${lastName}`.trim()]
}

async function show(ctx: Context, account: StaffUser): Promise<string> {
  const sessions = await listUserSessions(ctx, { by, userId: account.id })
  const rows = sessions.map(({ id, lastSeenAt, ip, browser, os }) => [
    id,
    lastSeenAt.toISOString(),
    ip ?? '',
    [browser, os].filter(Boolean).join(', '),
  ])
  const table = formatTable(['session', 'last seen', 'ip', 'device'], rows)
  const [role, active, verified, name] = describe(account)
  const facts = { id: account.id, address: account.email, name, role, active, verified }
  const head = formatTable(
    ['account', ''],
    Object.entries({ ...facts, made: account.createdAt.toISOString() }).map(([key, value]) => [
      key,
      value ?? '',
    ]),
  )
  return `${head}\n\n${table}`
}

async function setRole({ ctx, given, print }: Run): Promise<void> {
  const account = await requireUser(ctx, given.words[0])
  const role = readRole(given.words[1])
  await setUserRole(ctx, { by, userId: account.id, role })
  print(`${account.email} has role ${role}; its sessions have ended.`)
}

function readRole(text: unknown): number {
  return readField('role', roleField(), text)
}
