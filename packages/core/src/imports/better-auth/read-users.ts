import { inMilliseconds, readMilliseconds } from '../read-milliseconds.ts'
import type { SourceRemark, SourceUser } from '../records.ts'
import type { Snapshot } from '../snapshot.ts'
import { splitName } from '../split-name.ts'
import type { BetterAuthTables, Model } from './find-tables.ts'

interface UserRow {
  id: string
  email: string | null
  isVerified: boolean
  name: string | null
  role: string | null
  isActive: boolean
  createdAt: number | null
  hash: string | null
  isSocial: boolean
  hasFactor: boolean
}

/** The provider of an account that has a password. */
const CREDENTIAL = 'credential'
/** better-auth's own hash is over the password in NFKC. A hash of the application's own is over what was typed. */
const OWN_HASH = /^[0-9a-f]+:[0-9a-f]+$/i

/** @param roles - numbers by the words of the plugin `admin` */
export async function* readUsers(
  snapshot: Snapshot,
  tables: BetterAuthTables,
  roles: Record<string, number>,
): AsyncGenerator<SourceUser[]> {
  for await (const rows of snapshot.stream<UserRow>(describeUsers(tables))) {
    yield rows.map((row) => toUser(row, roles))
  }
}

function describeUsers({ user, account, twoFactor }: BetterAuthTables): string {
  const [id, userId, provider] = [user.need('id'), account.need('userId'), account.need('providerId')]
  const order = account.column('updatedAt') ?? account.column('createdAt') ?? userId
  const role = user.column('role')
  return `select u.${id}::text as id, u.${user.need('email')} as email, u.${user.need('emailVerified')} as "isVerified",
      u.${user.need('name')} as name, ${role ? `u.${role}::text` : 'null::text'} as role,
      not (${describeBan(user)}) as "isActive", ${inMilliseconds(inUtc(user, 'createdAt'))} as "createdAt",
      a.hash, coalesce(a.is_social, false) as "isSocial", ${describeFactor(user, twoFactor)} as "hasFactor"
    from ${user.quoted} u left join (
      select ${userId} as user_id, bool_or(${provider} <> '${CREDENTIAL}') as is_social,
        (array_agg(${account.need('password')} order by ${order} desc)
          filter (where ${provider} = '${CREDENTIAL}' and ${account.need('password')} is not null))[1] as hash
      from ${account.quoted} group by ${userId}) a on a.user_id = u.${id}
    order by u.${id}`
}

/** SQL of a time. A column without a time zone holds the time in UTC. */
function inUtc(model: Model, field: string): string {
  const column = `u.${model.need(field)}`
  return model.typeOf(field) === 'timestamp without time zone' ? `(${column} at time zone 'UTC')` : column
}

/** SQL that is true for a user whom the plugin `admin` keeps out now. */
function describeBan(user: Model): string {
  const [banned, expires] = [user.column('banned'), user.column('banExpires')]
  if (!banned) return 'false'
  const isOpen = expires ? ` and coalesce(${inUtc(user, 'banExpires')} > now(), true)` : ''
  return `coalesce(u.${banned}, false)${isOpen}`
}

/** SQL that is true for a user whom the plugin `twoFactor` asks for a code. */
function describeFactor(user: Model, twoFactor: Model | null): string {
  const enabled = user.column('twoFactorEnabled')
  if (enabled) return `coalesce(u.${enabled}, false)`
  if (!twoFactor) return 'false'
  return `exists (select from ${twoFactor.quoted} t where t.${twoFactor.need('userId')} = u.${user.need('id')})`
}

function toUser(row: UserRow, roles: Record<string, number>): SourceUser {
  const hash = row.hash ?? ''
  return {
    oldId: row.id,
    email: row.email ?? '',
    emailVerified: row.isVerified,
    ...splitName(row.name ?? ''),
    role: readRole(row.role, roles),
    isActive: row.isActive,
    createdAt: readMilliseconds(row.createdAt),
    lastLogin: null,
    passwordHash: hash,
    passwordForm: OWN_HASH.test(hash) ? 2 : 0,
    remarks: listRemarks(row, roles),
    // The plugin encrypts the secret with a key that is not in the database.
    totp: null,
    recoveryCodes: null,
  }
}

/** A user may have several words, with commas between them. The first one that has a number counts. */
function readRole(words: string | null, roles: Record<string, number>): number {
  const known = listWords(words).find((word) => Object.hasOwn(roles, word))
  return known === undefined ? 0 : (roles[known] ?? 0)
}

function listRemarks({ isSocial, hasFactor, role }: UserRow, roles: Record<string, number>): SourceRemark[] {
  const unknown = listWords(role).filter((word) => word !== 'user' && !Object.hasOwn(roles, word))
  return [
    ...(isSocial ? [{ word: 'social' }] : []),
    ...(hasFactor ? [{ word: 'mfa_unreadable' }] : []),
    ...unknown.map((detail) => ({ word: 'unknown_role', detail })),
  ]
}

function listWords(words: string | null): string[] {
  return (words ?? '').split(',').flatMap((word) => word.trim() || [])
}
