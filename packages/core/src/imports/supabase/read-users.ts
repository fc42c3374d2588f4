import { columnOr, countRows } from '../find-table.ts'
import { inMilliseconds, readMilliseconds } from '../read-milliseconds.ts'
import type { SourceRemark, SourceUser } from '../records.ts'
import type { Snapshot } from '../snapshot.ts'
import { splitName } from '../split-name.ts'
import type { SupabaseTables } from './source.ts'

interface UserRow {
  id: string
  email: string | null
  hash: string | null
  isVerified: boolean
  isActive: boolean
  meta: unknown
  createdAt: number | null
  lastLogin: number | null
  isSocial: boolean
  factors: FactorRow[]
}

interface FactorRow {
  type: string
  secret: string | null
}

/** Counts the users that {@link readUsers} gives. */
export function countUsers(snapshot: Snapshot, tables: SupabaseTables): Promise<number> {
  return countRows(snapshot, `${tables.users.quoted} u where ${describeKept(tables)}`)
}

/** Reads the users, but for deleted and anonymous ones. */
export async function* readUsers(snapshot: Snapshot, tables: SupabaseTables): AsyncGenerator<SourceUser[]> {
  for await (const rows of snapshot.stream<UserRow>(describeUsers(tables))) yield rows.map(toUser)
}

/** SQL that is true for users who are neither deleted nor anonymous. */
export function describeKept({ users }: SupabaseTables): string {
  const deletedAt = columnOr(users, 'deleted_at', { alias: 'u', or: 'null' })
  const isAnonymous = columnOr(users, 'is_anonymous', { alias: 'u', or: 'false' })
  return `${deletedAt} is null and not ${isAnonymous}`
}

function describeUsers(tables: SupabaseTables): string {
  const { users, identities, factors } = tables
  const bannedUntil = columnOr(users, 'banned_until', { alias: 'u', or: 'null::timestamptz' })
  const isSso = columnOr(users, 'is_sso_user', { alias: 'u', or: 'false' })
  const lastLogin = columnOr(users, 'last_sign_in_at', { alias: 'u', or: 'null::timestamptz' })
  const social = identities
    ? `left join (select distinct user_id from ${identities.quoted} where provider not in ('email', 'phone')) s
        on s.user_id = u.id`
    : `left join (select null::uuid as user_id) s on false`
  const second = factors
    ? `left join (select user_id, json_agg(json_build_object('type', factor_type, 'secret', secret) order by created_at)
        as list from ${factors.quoted} where status::text = 'verified' group by user_id) f on f.user_id = u.id`
    : `left join (select null::uuid as user_id, null::json as list) f on false`
  return `select u.id::text as id, u.email as email, u.encrypted_password as hash,
      u.email_confirmed_at is not null as "isVerified", coalesce(${bannedUntil} <= now(), true) as "isActive",
      u.raw_user_meta_data as meta, ${inMilliseconds('u.created_at')} as "createdAt",
      ${inMilliseconds(lastLogin)} as "lastLogin", (s.user_id is not null or ${isSso}) as "isSocial",
      coalesce(f.list, '[]') as factors
    from ${users.quoted} u ${social} ${second} where ${describeKept(tables)} order by u.id`
}

function toUser(row: UserRow): SourceUser {
  const secret = readTotp(row.factors)
  return {
    oldId: row.id,
    email: row.email ?? '',
    emailVerified: row.isVerified,
    ...readNames(row.meta),
    role: 0,
    isActive: row.isActive,
    createdAt: readMilliseconds(row.createdAt),
    lastLogin: readMilliseconds(row.lastLogin),
    passwordHash: row.hash ?? '',
    passwordForm: 0,
    remarks: listRemarks(row, secret !== null),
    totp: secret === null ? null : { secret },
    recoveryCodes: null,
  }
}

/** A secret is base32, or JSON where the project encrypts what its database holds. */
function readTotp(factors: FactorRow[]): string | null {
  const first = factors.find(({ type, secret }) => type === 'totp' && /^[A-Z2-7]+=*$/.test(secret ?? ''))
  return first?.secret ?? null
}

function listRemarks({ factors, isSocial }: UserRow, hasTotp: boolean): SourceRemark[] {
  const remarks: SourceRemark[] = isSocial ? [{ word: 'social' }] : []
  // One app is carried. A phone, a security key and a second app are not.
  const left = factors.length - (hasTotp ? 1 : 0)
  if (left > 0) remarks.push({ word: hasTotp ? 'factor_left' : 'mfa_unreadable' })
  return remarks
}

/** What applications and other providers usually put into the metadata of a user. */
function readNames(meta: unknown): { firstName: string; lastName: string } {
  const fields = typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>) : {}
  const text = (...names: string[]) =>
    names.map((name) => fields[name]).find((value) => typeof value === 'string' && value.trim() !== '') as
      | string
      | undefined
  const firstName = text('first_name', 'given_name', 'firstName')
  const lastName = text('last_name', 'family_name', 'lastName')
  if (firstName !== undefined || lastName !== undefined) {
    return { firstName: firstName ?? '', lastName: lastName ?? '' }
  }
  return splitName(text('full_name', 'name', 'display_name') ?? '')
}
