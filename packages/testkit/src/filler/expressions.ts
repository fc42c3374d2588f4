/** Builds the expressions of SQL that make a row from its number `n`. The same number gives the same row each time. */

/** The time before which every filled row was made. Each filling has one, so that all its rows agree. */
export const NOW = `current_setting('filler.now')::timestamptz`

/** How many users are filled. */
export const USERS = `current_setting('filler.users')::bigint`

/** A prime. Its multiples visit the users in an order that is not the one of their ids. */
const STRIDE = 1_000_003

/** A UUIDv7 of a time. Rows of one kind have different ids. */
export function idOf(kind: string, n: string, time: string): string {
  const digest = `md5('${kind} ' || ${n})`
  const milliseconds = `lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0')`
  return `(${milliseconds} || '7' || substr(${digest}, 1, 3) || '8' || substr(${digest}, 4, 15))::uuid`
}

/** A time that grows with `n`, from `fromDays` ago to `toDays` ago. */
export function timeOf(n: string, rows: string | number, span: { fromDays: number; toDays: number }): string {
  const { fromDays, toDays } = span
  return `(${NOW} - interval '1 second' * (86400 * (${fromDays} - ${fromDays - toDays} * ${n}::float8 / ${rows})))`
}

/** The time at which a user signed up. The newest users are older than every session. */
function signedUpAt(user: string): string {
  return timeOf(`(${user})`, USERS, { fromDays: 800, toDays: 60 })
}

/** The time of the user with the number `n`. */
export const SIGNED_UP_AT = signedUpAt('n')

/** The id of the user with a number. */
export function userIdOf(user: string): string {
  return idOf('user', `(${user})`, signedUpAt(user))
}

/** The number of the user to whom the row with the number `n` belongs. Each user gets equally many rows. */
export const OWNER = `(n * ${STRIDE} % ${USERS})`

/** A text of so many characters that looks like base64url and compresses as badly. */
export function secretOf(kind: string, characters: number): string {
  const parts = Array.from({ length: Math.ceil(characters / 43) }, (_, part) => {
    return `rtrim(translate(encode(sha256(('${kind} ${part} ' || n)::bytea), 'base64'), '+/', '-_'), '=')`
  })
  return `left(${parts.join(' || ')}, ${characters})`
}

/** One of some texts, by a number. */
export function oneOf(words: readonly string[], n: string): string {
  return `(array[${words.map((word) => `'${word}'`).join(', ')}])[1 + (${n}) % ${words.length}]`
}
