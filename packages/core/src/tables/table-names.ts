import { getTableName } from 'drizzle-orm'
import * as schema from './schema.ts'

/** The names of our tables. */
export const TABLE_NAMES: readonly string[] = Object.values(schema).map((table) => getTableName(table))
