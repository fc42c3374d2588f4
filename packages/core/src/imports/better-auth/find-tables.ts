import { findTable, type SourceTable } from '../find-table.ts'
import { quoteName, type Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'
import type { BetterAuthOptions } from './options.ts'

/** A table with the columns that carry its fields. */
export interface Model {
  quoted: string
  /** The quoted column of a field; null where the table has none. */
  column(field: string): string | null
  /** The same of a field that every version has. */
  need(field: string): string
  /** The type of a field's column, as PostgreSQL formats it; null where the table has none. */
  typeOf(field: string): string | null
}

/** The tables of better-auth. Those of a plugin are null without it. */
export interface BetterAuthTables {
  user: Model
  account: Model
  twoFactor: Model | null
  passkey: Model | null
}

/** The names that better-auth and the schemas of its adapters usually have. */
const NAMES = {
  user: ['user', 'users'],
  account: ['account', 'accounts'],
  twoFactor: ['twoFactor', 'two_factor', 'two_factors', 'twoFactors'],
  passkey: ['passkey', 'passkeys'],
}

/** Fields that an import cannot do without. */
const NEEDED: Partial<Record<ModelName, string[]>> = {
  user: ['id', 'email', 'emailVerified', 'name', 'createdAt'],
  account: ['userId', 'providerId', 'password'],
  twoFactor: ['userId'],
}

/** A model of better-auth that an import reads. */
export type ModelName = keyof typeof NAMES

/** The models whose tables and columns can be named. */
export const MODEL_NAMES = Object.keys(NAMES) as ModelName[]

/**
 * Finds the tables of better-auth.
 *
 * @throws {SourceError} a table or a column is not there
 */
export async function findTables(snapshot: Snapshot, options: BetterAuthOptions): Promise<BetterAuthTables> {
  const find = (name: ModelName) => findModel(snapshot, name, options)
  const [user, account] = [await find('user'), await find('account')]
  if (!user || !account) {
    const missing = user ? 'account' : 'user'
    throw new SourceError(
      `The database has no table of the model ${missing} (${NAMES[missing].join(', ')}); name it with --tables ${missing}=…, and its schema with --schema.`,
    )
  }
  return { user, account, twoFactor: await find('twoFactor'), passkey: await find('passkey') }
}

async function findModel(
  snapshot: Snapshot,
  name: ModelName,
  { schema, tables, columns }: BetterAuthOptions,
): Promise<Model | null> {
  const given = tables?.[name]
  for (const candidate of given === undefined ? NAMES[name] : [given]) {
    const table = await findTable(snapshot, { name: candidate, schema: schema ?? null })
    if (table) return describeModel(table, name, columns ?? {})
  }
  if (given === undefined) return null
  throw new SourceError(`The database has no table ${given}, which --tables names for ${name}.`)
}

function describeModel(table: SourceTable, name: ModelName, columns: Record<string, string>): Model {
  function findColumn(field: string): string | undefined {
    const given = columns[`${name}.${field}`]
    const candidates = given === undefined ? [field, toSnakeCase(field)] : [given]
    return candidates.find((candidate) => table.types.has(candidate))
  }

  function need(field: string): string {
    const found = findColumn(field)
    if (found !== undefined) return quoteName(found)
    const wanted = columns[`${name}.${field}`] ?? field
    throw new SourceError(
      `The table ${table.quoted} has no column ${wanted}; name it with --columns ${name}.${field}=…`,
    )
  }

  for (const field of NEEDED[name] ?? []) need(field)
  return {
    quoted: table.quoted,
    column: (field) => (findColumn(field) === undefined ? null : need(field)),
    need,
    typeOf: (field) => table.types.get(findColumn(field) ?? '') ?? null,
  }
}

function toSnakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
