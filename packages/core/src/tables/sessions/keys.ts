import { eq, isNull, or, type Placeholder, sql } from 'drizzle-orm'
import { sessions } from './schema.ts'

type Given = string | null | Placeholder

/** The value of `rotation_key` for a key in hexadecimal digits; null for none. */
export function keyFrom(hex: Given) {
  return sql`decode(${hex}::text, 'hex')`
}

/** The condition of a session whose last rotation was asked with this key. */
export function isOfKey(hex: Given) {
  return sql`coalesce(${sessions.rotationKey} = ${keyFrom(hex)}, false)`
}

/** The condition of a session whose last rotation was asked with another key, or without one. */
export function isOfAnotherKey(hex: Given) {
  return sql`not ${isOfKey(hex)}`
}

/** The condition of a session that is bound to no key, or to the one that was proven. */
export function isProvenBy(jkt: Given) {
  return or(isNull(sessions.jkt), eq(sessions.jkt, sql`${jkt}::text`))
}
