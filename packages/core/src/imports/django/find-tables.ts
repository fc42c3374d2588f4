import { SourceError } from '../source-error.ts'
import type { Catalog, Column, Table } from './catalog.ts'
import type { DjangoOptions } from './options.ts'

/** The tables of a deployment that are read. */
export interface DjangoTables {
  users: Table
  /** The column of the key that other tables point at. */
  key: Column
  /** Null where the deployment has none that belongs to these users. */
  addresses: Table | null
  sessions: Table | null
  factors: Table | null
  connections: Table | null
}

const SESSIONS = 'refreshtokenwhitelistmodel'
const ADDRESSES = 'account_emailaddress'
const FACTORS = 'mfa_authenticator'
const CONNECTIONS = 'socialaccount_socialaccount'
/** The column by which a table of the deployment names its user. */
const OWNER = 'user_id'

/**
 * Finds the tables of a deployment by their names and by their foreign keys, whatever model its users have.
 *
 * @throws {SourceError} no table fits, or several do; the message names them
 */
export function findTables(catalog: Catalog, options: DjangoOptions): DjangoTables {
  const users = findUsers(catalog, options)
  const own = catalog.tables.filter((table) => table !== users && isOf(table, users))
  const sessions = pickSessions(own, users, options)
  return {
    users,
    key: findKey(users, catalog.tables, options),
    sessions,
    addresses: findAddresses(catalog, own, users),
    factors: pickOne(endingWith(own, FACTORS)),
    connections: pickOne(endingWith(own, CONNECTIONS)),
  }
}

function findUsers({ tables, byOid }: Catalog, { userTable, sessionTable }: DjangoOptions): Table {
  if (userTable !== undefined) return getTable(tables, userTable, '--user-table')
  const sessions =
    sessionTable === undefined
      ? endingWith(tables, SESSIONS)
      : [getTable(tables, sessionTable, '--session-table')]
  const targets = [...targetsOf(sessions), ...targetsOf(endingWith(tables, ADDRESSES))]
  const found = [...new Set(targets)].flatMap((oid) => byOid.get(oid) ?? [])
  const [users, other] = found
  if (!users) {
    throw new SourceError(
      'No table of users was found: no foreign key of a table of refresh tokens or of account_emailaddress names one. Name it with --user-table, and its schema with --schema.',
    )
  }
  if (other) {
    throw new SourceError(
      `Several tables may be that of the users: ${list(found)}. Name it with --user-table.`,
    )
  }
  return users
}

function targetsOf(tables: Table[]): string[] {
  return tables.flatMap(({ keys }) =>
    keys.flatMap(({ column, target }) => (column === OWNER ? [target] : [])),
  )
}

/** A table without a foreign key of its own belongs to whatever table of users there is. */
function isOf({ columns, keys }: Table, users: Table): boolean {
  const key = keys.find(({ column }) => column === OWNER)
  return columns.some(({ name }) => name === OWNER) && (!key || key.target === users.oid)
}

function pickSessions(own: Table[], users: Table, { sessionTable }: DjangoOptions): Table | null {
  if (sessionTable === undefined) {
    const found = endingWith(own, SESSIONS)
    if (found.length < 2) return found[0] ?? null
    throw new SourceError(
      `Several tables may be that of the refresh tokens: ${list(found)}. Name it with --session-table.`,
    )
  }
  const table = getTable(own, sessionTable, '--session-table')
  if (!isOf(table, users))
    throw new SourceError(`The table ${table.quoted} does not belong to ${users.quoted}.`)
  return table
}

function findAddresses({ tables }: Catalog, own: Table[], users: Table): Table | null {
  const found = pickOne(endingWith(own, ADDRESSES))
  const foreign = pickOne(endingWith(tables, ADDRESSES))
  if (found || !foreign) return found
  throw new SourceError(
    `The addresses of ${foreign.quoted} belong to another table than ${users.quoted}. Name the table of users with --user-table.`,
  )
}

/** Prefers the very name to one with a prefix. */
function pickOne(tables: Table[]): Table | null {
  return tables.toSorted((one, other) => one.name.length - other.name.length)[0] ?? null
}

function endingWith(tables: Table[], end: string): Table[] {
  return tables.filter(({ name }) => name.toLowerCase().endsWith(end))
}

function getTable(tables: Table[], name: string, option: string): Table {
  const table = tables.find((candidate) => candidate.name === name)
  if (table) return table
  throw new SourceError(`${option} names ${name}, and the schema has no such table.`)
}

const KEY_TYPES = /^(?:smallint|integer|bigint|uuid|text|character varying)$/

function findKey(users: Table, tables: Table[], { columns = {} }: DjangoOptions): Column {
  const pointed = tables.flatMap(({ keys }) => keys).find(({ target }) => target === users.oid)
  const name = columns.id ?? pointed?.targetColumn ?? users.primaryKey
  const key = users.columns.find((column) => column.name === name)
  if (!key) {
    const fault = name === null ? 'has no primary key of one column' : `has no column ${name}`
    throw new SourceError(`The table ${users.quoted} ${fault}. Name its key with --columns id=NAME.`)
  }
  if (KEY_TYPES.test(key.type)) return key
  throw new SourceError(
    `The key ${key.quoted} of ${users.quoted} is of type ${key.type}. Keys of type smallint, integer, bigint, uuid, text and varchar can be read.`,
  )
}

function list(tables: Table[]): string {
  return tables.map(({ quoted }) => quoted).join(', ')
}
