import { pageFields, readPage } from '@latchkey/contract'
import { OPERATOR, type Page, type StaffUser, spellCount } from '@latchkey/core'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { endUserSessions } from '@latchkey/core/operations/staff/end-user-sessions'
import { listUserSessions } from '@latchkey/core/operations/staff/list-user-sessions'
import { listUsers } from '@latchkey/core/operations/staff/list-users'
import { reactivateUser } from '@latchkey/core/operations/staff/reactivate-user'
import { sendUserReset } from '@latchkey/core/operations/staff/send-user-reset'
import { setUserRole } from '@latchkey/core/operations/staff/set-user-role'
import { type Answer, type Command, type Domain, type Given, onDomain, type Work } from '../command.ts'
import { readWho, requireUser, type Who } from '../find-user.ts'
import { readField } from '../read-fields.ts'
import { ROLE_CHOICES, readRole } from '../read-role.ts'
import { requireMail } from '../require-mail.ts'
import { formatTable } from '../table.ts'

/** An act on one user. */
type Act = (domain: Domain, account: StaffUser) => Promise<Answer>

function act(name: string, summary: string, work: Act): Command {
  return {
    name: `user ${name}`,
    summary,
    usage: '<address or id>',
    options: {},
    words: { min: 1, max: 1 },
    plan: ({ words }) => {
      const who = readWho(words[0])
      return onDomain(async (domain) => work(domain, await requireUser(domain.ctx, who)))
    },
  }
}

const by = OPERATOR

export const USER_COMMANDS: Command[] = [
  {
    name: 'user list',
    summary: 'List accounts, the newest first',
    usage: '[part of an address or name] [options]',
    options: {
      role: { type: 'string', help: `Only this role: ${ROLE_CHOICES}.` },
      limit: { type: 'string', help: 'At most so many; 50 when left out.' },
      cursor: { type: 'string', help: 'Goes on after a page.' },
    },
    words: { min: 0, max: 1 },
    plan: planList,
  },
  act('show', 'Show an account and its sessions', show),
  act('deactivate', 'End every session and refuse sign-ins', async ({ ctx }, { id, email }) => {
    await deactivateUser(ctx, { by, userId: id })
    return { text: `Deactivated ${email}; its sessions have ended.`, data: { id, email, isActive: false } }
  }),
  act('reactivate', 'Let it sign in again', async ({ ctx }, { id, email }) => {
    await reactivateUser(ctx, { by, userId: id })
    return { text: `Reactivated ${email}.`, data: { id, email, isActive: true } }
  }),
  {
    name: 'user set-role',
    summary: `Give it another role: ${ROLE_CHOICES}`,
    usage: '<address or id> <role>',
    options: {},
    words: { min: 2, max: 2 },
    plan: ({ words }) => {
      const who = readWho(words[0])
      const role = readRole(words[1])
      return onDomain((domain) => setRole(domain, who, role))
    },
  },
  act('end-sessions', 'End every session', async ({ ctx }, { id, email }) => {
    const sessions = await endUserSessions(ctx, { by, userId: id })
    return {
      text: `Ended ${spellCount(sessions, 'session', 'sessions')} of ${email}.`,
      data: { id, email, sessions },
    }
  }),
  act('send-reset', 'Mail a link for a new password', async ({ ctx, mail }, { id, email }) => {
    requireMail({ mail })
    await sendUserReset(ctx, { by, userId: id })
    return { text: `A link for ${email} waits to be mailed by the server.`, data: { id, email } }
  }),
]

function planList({ words, options }: Given): Work {
  const { role, limit, cursor } = options
  const fields = pageFields()
  const filter = {
    search: words[0],
    role: role === undefined ? undefined : readRole(role),
    page: readPage({
      cursor: readField('cursor', fields.cursor, cursor),
      limit: readField('limit', fields.limit, limit),
    }),
  }
  return onDomain(async ({ ctx }) => describeList(await listUsers(ctx, filter)))
}

function describeList(page: Page<StaffUser>): Answer {
  const hasOthers = page.items.some(({ externalId }) => externalId !== null)
  const rows = page.items.map((account) => [
    account.id,
    ...(hasOthers ? [account.externalId ?? ''] : []),
    account.email,
    ...describe(account),
    ...describeFactors(account),
    account.lastSeenAt?.toISOString() ?? 'signed in nowhere',
  ])
  const heads = [
    'id',
    ...(hasOthers ? ['id in other services'] : []),
    'address',
    'role',
    'active',
    'verified',
    'name',
    'second factor',
    'passkeys',
    'last seen',
  ]
  const table = formatTable(heads, rows)
  const more = page.nextCursor ? `\nMore: --cursor ${page.nextCursor}` : ''
  return { text: table + more, data: page }
}

const yes = (flag: boolean) => (flag ? 'yes' : 'no')

function describe({ role, isActive, emailVerified, firstName, lastName }: StaffUser): string[] {
  return [String(role), yes(isActive), yes(emailVerified), `${firstName} ${lastName}`.trim()]
}

function describeFactors({ secondFactor, passkeys }: StaffUser): string[] {
  return [yes(secondFactor), String(passkeys)]
}

async function show({ ctx }: Domain, account: StaffUser) {
  const sessions = await listUserSessions(ctx, { by, userId: account.id })
  const rows = sessions.map(({ id, lastSeenAt, ip, browser, os }) => [
    id,
    lastSeenAt.toISOString(),
    ip ?? '',
    [browser, os].filter(Boolean).join(', '),
  ])
  const table = formatTable(['session', 'last seen', 'ip', 'device'], rows)
  const [role, active, verified, name] = describe(account)
  const language = account.language ?? 'the default'
  const [secondFactor, passkeys] = describeFactors(account)
  const facts = {
    ...{ id: account.id, ...(account.externalId !== null && { 'id in other services': account.externalId }) },
    ...{ address: account.email, name, language, role, active, verified },
    ...{ 'second factor': secondFactor, passkeys, made: account.createdAt.toISOString() },
  }
  const head = formatTable(
    ['account', ''],
    Object.entries(facts).map(([key, value]) => [key, value ?? '']),
  )
  return { text: `${head}\n\n${table}`, data: { ...account, sessions } }
}

async function setRole({ ctx }: Domain, who: Who, role: number) {
  const { id, email } = await requireUser(ctx, who)
  await setUserRole(ctx, { by, userId: id, role })
  return { text: `${email} has role ${role}; its sessions have ended.`, data: { id, email, role } }
}
