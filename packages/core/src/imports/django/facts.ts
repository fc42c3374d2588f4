import type { Snapshot } from '../snapshot.ts'
import type { Catalog, Table } from './catalog.ts'
import { isReadable } from './columns.ts'
import type { DjangoTables } from './find-tables.ts'
import type { DjangoOptions } from './options.ts'
import { IS_LIVE, isEnabled } from './read-sessions.ts'
import { userColumn } from './users-statement.ts'

/** What is counted of a deployment, beside what moves. */
export type DjangoFacts = Record<string, number | string>

/** Tables whose rows stay behind, by the end of their name and by the word of the fact. */
const LEFT_BEHIND: [end: string, word: string][] = [
  ['auth_group', 'groups'],
  ['_groups', 'group_members'],
  ['_user_permissions', 'permissions_of_users'],
  ['authtoken_token', 'api_tokens'],
  ['django_session', 'django_sessions'],
  ['account_emailconfirmation', 'open_confirmations'],
  ['generictokenmodel', 'open_permissions'],
]

/** What the server is told for the move, as far as it is the same for each deployment. */
const SETTINGS = {
  'set DJANGO_SECRET_KEY': 'JWT_ALLAUTH_SECRET_KEY or JWT_SECRET_KEY of the deployment, else its SECRET_KEY',
  'set REST_PREFIX': 'the path of its URLs, such as /jwt-allauth',
  'set REFRESH_TOKEN_COOKIE_PATH': 'the path of its refresh cookie, / unless it sets another',
}

/** Counts what an operator wants to know before the move. */
export async function readFacts(
  snapshot: Snapshot,
  catalog: Catalog,
  tables: DjangoTables,
  options: DjangoOptions,
): Promise<DjangoFacts> {
  return {
    user_table: tables.users.quoted,
    key: `${tables.key.name} ${tables.key.type}`,
    address_table: tables.addresses?.quoted ?? 'none',
    session_table: tables.sessions?.quoted ?? 'none',
    ...(await readKeys(snapshot, tables)),
    ...(await readHashes(snapshot, tables, options)),
    ...(await readFactorTypes(snapshot, tables)),
    ...(await readProviders(snapshot, tables)),
    ...(await readSessionFacts(snapshot, tables)),
    ...(await countLeftBehind(snapshot, catalog, tables)),
    ...SETTINGS,
  }
}

async function readKeys(snapshot: Snapshot, { users, key }: DjangoTables): Promise<DjangoFacts> {
  if (!/int/.test(key.type)) return {}
  const [row] = await snapshot.read<{ highest: string | null }>(
    `select max(${key.quoted})::text as highest from ${users.quoted}`,
  )
  return { highest_key: row?.highest ?? 'none' }
}

const MAX_GROUPS = 40

/** The parts of a hash that say how it was made. Salt and digest are in none of them. */
function describeHash(password: string): string {
  const part = (index: number) => `split_part(${password}, '$', ${index})`
  return `case
    when coalesce(${password}, '') = '' or ${password} like '!%' then 'none'
    when ${part(1)} in ('pbkdf2_sha256', 'pbkdf2_sha1') then concat_ws('$', ${part(1)}, ${part(2)})
    when ${part(1)} = 'argon2' then concat_ws('$', ${part(2)}, ${part(4)})
    when ${part(1)} in ('bcrypt', 'bcrypt_sha256') then concat_ws('$', ${part(1)}, ${part(4)})
    when ${part(1)} = 'scrypt' then concat_ws('$', 'scrypt', ${part(2)}, ${part(4)}, ${part(5)})
    when ${part(1)} in ('md5', 'sha1', 'unsalted_md5', 'unsalted_sha1') then ${part(1)}
    when ${password} ~ '^[0-9a-f]{32}$' then 'unsalted_md5'
    else 'unknown' end`
}

async function readHashes(
  snapshot: Snapshot,
  tables: DjangoTables,
  options: DjangoOptions,
): Promise<DjangoFacts> {
  const hash = describeHash(userColumn(tables, 'password', options))
  const rows = await snapshot.read<{ format: string; count: number }>(
    `select case when format ~ '^[a-z0-9_=,$]{1,60}$' then format else 'unknown' end as format,
      sum(count)::float8 as count
    from (select ${hash} as format, count(*) from ${tables.users.quoted} u group by 1) made
    group by 1 order by 2 desc, 1 limit ${MAX_GROUPS}`,
  )
  return Object.fromEntries(rows.map(({ format, count }) => [`hash ${format}`, count]))
}

async function readFactorTypes(snapshot: Snapshot, { factors }: DjangoTables): Promise<DjangoFacts> {
  if (!factors) return {}
  const rows = await snapshot.read<{ type: string; count: number }>(
    `select case when type in ('totp', 'recovery_codes', 'webauthn') then type else 'other' end as type,
      count(*)::float8 as count
    from ${factors.quoted} group by 1 order by 1`,
  )
  return Object.fromEntries(rows.map(({ type, count }) => [`mfa ${type}`, count]))
}

/** The providers that `PROVIDERS` needs, so that the accounts which move sign their users in. */
async function readProviders(snapshot: Snapshot, { connections }: DjangoTables): Promise<DjangoFacts> {
  if (!connections) return {}
  const rows = await snapshot.read<{ provider: string; count: number }>(
    `select case when provider ~ '^[a-z0-9_-]{1,60}$' then provider else 'other' end as provider,
      count(*)::float8 as count
    from ${connections.quoted} group by 1 order by 2 desc, 1 limit ${MAX_GROUPS}`,
  )
  return Object.fromEntries(rows.map(({ provider, count }) => [`social ${provider}`, count]))
}

async function readSessionFacts(
  snapshot: Snapshot,
  { sessions, addresses }: DjangoTables,
): Promise<DjangoFacts> {
  if (!sessions) return {}
  const enabled = isEnabled(sessions)
  const [row] = await snapshot.read<{ waiting: number; unreadable: number }>(
    `select count(*) filter (where not ${enabled})::float8 as waiting,
      count(*) filter (where ${enabled} and not coalesce(${IS_LIVE}, false))::float8 as unreadable
    from ${sessions.quoted} w`,
  )
  const { waiting = 0, unreadable = 0 } = row ?? {}
  const verification = waiting > 0 ? 'mandatory' : await guessVerification(snapshot, sessions, addresses)
  return {
    sessions_before_verification: waiting,
    unreadable_sessions: unreadable,
    'set EMAIL_VERIFICATION': verification,
  }
}

const UNKNOWN = 'as the deployment has it; its tables do not tell'

/** A live session of a user without a verified address tells that the deployment lets such a user in. */
async function guessVerification(
  snapshot: Snapshot,
  sessions: Table,
  addresses: Table | null,
): Promise<string> {
  if (!addresses) return UNKNOWN
  const rows = await snapshot.read(
    `select 1 from ${sessions.quoted} w where ${isEnabled(sessions)} and not exists (
      select 1 from ${addresses.quoted} a where a.user_id = w.user_id and a.verified) limit 1`,
  )
  return rows.length > 0 ? 'optional or none' : UNKNOWN
}

async function countLeftBehind(
  snapshot: Snapshot,
  { tables: all }: Catalog,
  { users }: DjangoTables,
): Promise<DjangoFacts> {
  const facts: DjangoFacts = {}
  for (const [end, word] of LEFT_BEHIND) {
    const isOwn = end.startsWith('_') ? `${users.name}${end}` : null
    const table = all.find(({ name }) => (isOwn ? name === isOwn : name.toLowerCase().endsWith(end)))
    if (table) facts[word] = await count(snapshot, table)
  }
  return facts
}

async function count(snapshot: Snapshot, table: Table): Promise<number | string> {
  if (!isReadable(table)) return 'not readable'
  const [row] = await snapshot.read<{ count: number }>(
    `select count(*)::float8 as count from ${table.quoted}`,
  )
  return row?.count ?? 0
}
