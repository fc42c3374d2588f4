import type { TestDatabase } from '@latchkey/testkit'

/** `due`: the housekeeping must delete the row. `kept`: the row is a little younger, or still used. */
export type Age = 'due' | 'kept'

const OWNER = `(select id from users where email = 'owner@example.com')`

/** A UUIDv7 of a time, as a process makes it. */
const idAt = (time: string) => `(lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`

/** One of two values in turn, so that each table has rows of both kinds. */
const inTurn = (one: string, other: string) => `case when i % 2 = 0 then ${one} else ${other} end`
const ago = (time: string) => `now() - interval '${time}'`
const within = (time: string) => `now() + interval '${time}'`

/** How a row of each table is stored. The number of the row is `i`. */
const INSERTS: Record<string, (age: Age) => string> = {
  ceremonies: (age) => `insert into ceremonies (token_hash, kind, created_at, expires_at)
    select '${age}' || i, 'setup', now(), ${age === 'due' ? ago('1 second') : within('1 hour')}`,
  provider_attempts: (age) => `insert into provider_attempts
      (state_hash, provider, return_to, code_challenge, browser_hash, code_hash, created_at, expires_at)
    select '${age}' || i, 'acme', '', '', '', ${inTurn('null', `'${age}' || i`)}, now(),
      ${age === 'due' ? ago('1 second') : within('1 hour')}`,
  capabilities: (age) => `insert into capabilities (token_hash, purpose, email, created_at, expires_at)
    select '${age}' || i, ${inTurn("'none'", "'verify_email'")}, 'x@example.com', now(),
      ${age === 'due' ? inTurn(ago('1 second'), ago('49 hours')) : inTurn(within('1 hour'), ago('47 hours'))}`,
  pending_registrations: (age) => `insert into pending_registrations
      (id, email, password_hash, first_name, last_name, created_at, expires_at)
    select ${idAt('now()')}, 'x@example.com', '', '', '', now(), ${age === 'due' ? ago('1 second') : within('1 hour')}`,
  throttle_counters: (age) => `insert into throttle_counters (key, points, expire)
    select '${age}' || i, 1, (extract(epoch from now()) * 1000)::bigint + ${age === 'due' ? -90_000 : 90_000}`,
  totp_factors: (age) => `with people as (
      insert into users (id, email, password_hash)
      select ${idAt('now()')}, '${age}' || i || '@example.com', '' from generate_series(1, $1::int) i returning id
    ), numbered as (select id, row_number() over () as i from people)
    insert into totp_factors (user_id, pending_jwe, pending_expires_at, confirmed_at)
    select id, 'x', ${ago(age === 'due' ? '49 hours' : '47 hours')}, null::timestamptz from numbered where $1::int > 0`,
  sessions: (age) => `insert into sessions
      (id, user_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at)
    select ${idAt(ago('20 days'))}, ${OWNER}, now(), now(),
      ${age === 'due' ? inTurn(ago('49 hours'), within('9 days')) : inTurn(ago('40 hours'), within('9 days'))},
      ${age === 'due' ? inTurn('null::timestamptz', ago('49 hours')) : inTurn('null::timestamptz', ago('40 hours'))}`,
  code_attempts: (age) => `insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
    select ${OWNER}, ${age === 'due' ? inTurn(`'session ' || ${idAt('now()')}`, "'network due' || i") : "'network ' || i"},
      ${age === 'due' ? inTurn('now()', ago('91 days')) : ago('89 days')}, 1, 1`,
  known_networks: (age) => `insert into known_networks (user_id, network, seen_at)
    select ${OWNER}, '${age}' || i, ${ago(age === 'due' ? '31 days' : '29 days')}`,
  imported_sessions: (age) => `insert into imported_sessions (session_id, source, jti, user_id, expires_at)
    select ${idAt('now()')}, 'old', md5(i::text), ${OWNER}, ${age === 'due' ? ago('1 second') : within('1 hour')}`,
  audit_events: (age) => `insert into audit_events (id, actor, kind, details, created_at)
    select ${idAt(ago(age === 'due' ? '365 days 1 minute' : '364 days 23 hours 50 minutes'))}, 'self', 'login', '{}',
      ${ago(age === 'due' ? '365 days 1 minute' : '364 days 23 hours 50 minutes')}`,
}

/** The tables that {@link storeRows} knows. */
export const STORABLE = Object.keys(INSERTS)

/** Stores rows of one age in a table that the housekeeping purges. Events are kept for 365 days. */
export async function storeRows(
  { sql }: TestDatabase,
  table: string,
  rows: Partial<Record<Age, number>>,
): Promise<void> {
  await sql`insert into users (id, email, password_hash)
    values (gen_random_uuid(), 'owner@example.com', '') on conflict do nothing`
  for (const [age, count] of Object.entries(rows)) {
    const insert = INSERTS[table]?.(age as Age) ?? ''
    const numbered = insert.includes('generate_series')
      ? insert
      : `${insert} from generate_series(1, $1::int) i`
    await sql.unsafe(numbered, [count])
  }
}

/** Lists the rows of a table as texts, in one order. */
export async function listRows({ sql }: TestDatabase, table: string): Promise<string[]> {
  const rows = await sql`select t::text as row from ${sql(table)} t order by 1`
  return rows.map(({ row }) => row)
}
