import { type SQL, sql } from 'drizzle-orm'

/** The columns that an import keeps up to date, in the order of their digests in `imported_users.imported_hash`. */
export const KEPT_COLUMNS = [
  'email',
  'email_verified',
  'first_name',
  'last_name',
  'role',
  'is_active',
  'password_hash',
  'language',
] as const

export type KeptColumn = (typeof KEPT_COLUMNS)[number]

const DIGITS = 8
/** The digest of no second factor. */
export const NO_FACTORS = '-'.repeat(DIGITS)

/** The digest of one column of a row. The key of the user at the source is its salt, since the id here may change. */
export function digestOf(oldId: SQL, row: string, column: KeptColumn): SQL {
  const value = sql.raw(`coalesce(${row}.${column}::text, '')`)
  return sql`left(encode(sha256(convert_to(${oldId} || ${value}, 'UTF8')), 'hex'), ${sql.raw(String(DIGITS))})`
}

/** The digest of a column that `imported_hash` holds. */
export function importedDigest(hash: string, column: KeptColumn): SQL {
  return sql.raw(`substr(${hash}, ${1 + KEPT_COLUMNS.indexOf(column) * DIGITS}, ${DIGITS})`)
}

/** Whether a column of the user `u` is another than the import that `k` notes has written. */
export function differsFromImport(column: KeptColumn): SQL {
  return sql`${digestOf(sql`k.old_id`, 'u', column)} <> ${importedDigest('k.imported_hash', column)}`
}

/** The digest of the second factors that `imported_hash` holds. */
export function importedFactors(hash: string): SQL {
  return sql.raw(`substr(${hash}, ${1 + KEPT_COLUMNS.length * DIGITS}, ${DIGITS})`)
}

/** The `imported_hash` of a staged row. */
export function digestRow(oldId: SQL, row: string): SQL {
  const digests = KEPT_COLUMNS.map((column) => digestOf(oldId, row, column))
  return sql`${sql.join(digests, sql.raw(' || '))} || ${sql.raw(`${row}.factor_digest`)}`
}
