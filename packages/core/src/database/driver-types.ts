import { makePgArray } from 'drizzle-orm/pg-core'
import type postgres from 'postgres'
// Drizzle reads arrays too, but loses backslashes.
import { parse } from 'postgres-array'

const JSON_TYPE = 114
const JSONB = 3802
const DATE = 1082
const TIME = 1083
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
const TEXT_ARRAY = 1009
const UUID_ARRAY = 2951

/** What becomes of values on their way to PostgreSQL and back, for the query builder and the mail queue alike. */
export const DRIVER_TYPES = {
  /** The builder reads and writes dates as text, by itself; the queue writes some that are none yet. */
  date: {
    to: TIMESTAMPTZ,
    from: [DATE, TIME, TIMESTAMP, TIMESTAMPTZ],
    serialize: (value: Date | string) => (value instanceof Date ? value.toISOString() : value),
    parse: (text: string) => text,
  },
  /** Builder and queue write JSON as text, by themselves; the queue also hands over objects. */
  json: {
    to: JSON_TYPE,
    from: [JSON_TYPE, JSONB],
    serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
    parse: (text: string): unknown => JSON.parse(text),
  },
  textArray: arrayType(TEXT_ARRAY),
  uuidArray: arrayType(UUID_ARRAY),
}

/**
 * A type of arrays.
 *
 * Left to itself the driver asks the server for them on every new connection, and a connection that is lost during
 * that question ends the process: nothing handles its rejection.
 */
function arrayType(oid: number): postgres.PostgresType<string[]> {
  return { to: oid, from: [oid], serialize: makePgArray, parse: (text: string) => parse(text) }
}
