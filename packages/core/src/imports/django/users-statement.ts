import { STAFF_ROLE, SUPERUSER_ROLE, USER_ROLE } from '../../words/roles.ts'
import { type ColumnUse, readColumn, requireColumns } from './columns.ts'
import type { DjangoTables } from './find-tables.ts'
import type { DjangoOptions, UserColumn } from './options.ts'

/** What a column becomes where a model of users has none. */
const ABSENT: Partial<Record<UserColumn, string>> = {
  first_name: `''`,
  last_name: `''`,
  is_active: 'true',
  is_staff: 'false',
  is_superuser: 'false',
  date_joined: 'null::float8',
  last_login: 'null::float8',
}

const KINDS: Record<UserColumn, ColumnUse['kind']> = {
  id: 'text',
  email: 'text',
  password: 'text',
  first_name: 'text',
  last_name: 'text',
  is_active: 'boolean',
  is_staff: 'boolean',
  is_superuser: 'boolean',
  role: 'integer',
  date_joined: 'time',
  last_login: 'time',
}

/**
 * Makes the expression of SQL that reads a column of the table of users, whose alias is `u`.
 *
 * @throws {SourceError} the column is missing, of another type, or not readable for the role
 */
export function userColumn(
  { users }: DjangoTables,
  column: UserColumn,
  { columns = {} }: DjangoOptions,
): string {
  return readColumn({
    table: users,
    alias: 'u',
    name: columns[column] ?? column,
    kind: KINDS[column],
    absent: ABSENT[column],
    isNamed: columns[column] !== undefined,
  })
}

/** The role of a user. A model without a column for it has Django's two flags. */
function roleOf(tables: DjangoTables, options: DjangoOptions): string {
  const isStaff = userColumn(tables, 'is_staff', options)
  const isSuperuser = userColumn(tables, 'is_superuser', options)
  const name = options.columns?.role ?? 'role'
  const hasRole = tables.users.columns.some((column) => column.name === name) || options.columns?.role
  const flags = `case when ${isStaff} then ${STAFF_ROLE} when ${isSuperuser} then ${SUPERUSER_ROLE} else ${USER_ROLE} end`
  const role = hasRole ? `coalesce((${userColumn(tables, 'role', options)})::bigint, ${USER_ROLE})` : flags
  if (!options.promoteSuperusers) return role
  return `case when ${isStaff} and ${isSuperuser} then ${SUPERUSER_ROLE} else ${role} end`
}

/**
 * Makes the statement that reads every user with its verified addresses, its second factors and its accounts at
 * providers, in the order of the keys.
 *
 * Each other table is grouped once and joined once. No query is made for a user.
 */
export function describeUsers(tables: DjangoTables, options: DjangoOptions): string {
  const column = (name: UserColumn) => userColumn(tables, name, options)
  const key = `u.${tables.key.quoted}`
  requireColumns(tables.users, [tables.key.name])
  return `
    select ${key}::text as "oldId", ${column('email')} as email, ${column('password')} as password,
      ${column('first_name')} as "firstName", ${column('last_name')} as "lastName",
      ${column('is_active')} as "isActive", ${roleOf(tables, options)}::float8 as role,
      ${column('date_joined')} as "createdAt", ${column('last_login')} as "lastLogin",
      ${tables.addresses ? 'a.rows' : 'null::json'} as addresses, ${tables.factors ? 'f.rows' : 'null::json'} as factors,
      ${tables.connections ? 'c.rows' : 'null::json'} as connections
    from ${tables.users.quoted} u
    ${joinAddresses(tables)}
    ${joinFactors(tables)}
    ${joinConnections(tables)}
    order by ${key}`
}

function joinAddresses({ addresses, key }: DjangoTables): string {
  if (!addresses) return ''
  requireColumns(addresses, ['id', 'user_id', 'email', 'verified', 'primary'])
  return `left join (
      select user_id, json_agg(json_build_array(left(email::text, 1000), "primary") order by id) as rows
      from ${addresses.quoted} where verified group by user_id
    ) a on a.user_id = u.${key.quoted}`
}

function joinFactors({ factors, key }: DjangoTables): string {
  if (!factors) return ''
  requireColumns(factors, ['id', 'user_id', 'type', 'data'])
  return `left join (
      select user_id, json_agg(json_build_array(type::text, left(data::text, 20000)) order by id) as rows
      from ${factors.quoted} group by user_id
    ) f on f.user_id = u.${key.quoted}`
}

function joinConnections({ connections, key }: DjangoTables): string {
  if (!connections) return ''
  requireColumns(connections, ['id', 'user_id', 'provider', 'uid', 'last_login', 'date_joined'])
  const milliseconds = (column: string) => `floor(extract(epoch from ${column}) * 1000)::float8`
  return `left join (
      select user_id, json_agg(json_build_array(left(provider::text, 1000), left(uid::text, 1000),
        ${milliseconds('date_joined')}, ${milliseconds('last_login')}) order by id) as rows
      from ${connections.quoted} group by user_id
    ) c on c.user_id = u.${key.quoted}`
}
