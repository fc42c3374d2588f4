import { makePgArray } from 'drizzle-orm/pg-core'
import type postgres from 'postgres'
// Drizzle reads arrays too, but loses backslashes.
import { parse } from 'postgres-array'

const TEXT_ARRAY = 1009
const UUID_ARRAY = 2951

/**
 * The array types queries use, for the driver.
 *
 * Left to itself it asks the server for them on every new connection, and a connection that is lost during that
 * question ends the process: nothing handles its rejection.
 */
export const ARRAY_TYPES = { textArray: arrayType(TEXT_ARRAY), uuidArray: arrayType(UUID_ARRAY) }

function arrayType(oid: number): postgres.PostgresType<string[]> {
  return { to: oid, from: [oid], serialize: makePgArray, parse: (text: string) => parse(text) }
}
