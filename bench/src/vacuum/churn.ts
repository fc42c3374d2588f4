/** The key of a new row, as long as the secret of a link. */
const NEW_SECRET = `rtrim(encode(sha256(gen_random_uuid()::text::bytea), 'base64'), '=')`

/** What happens to a table while a share of it is replaced. */
export interface Churn {
  /** The order in which the oldest rows go. */
  oldest: string
  /** Columns of a new row that are not those of the oldest row. */
  renewed: Record<string, string>
  /** What is set in rows that are used, and the share of the table that is used. */
  used: { set: string; share: number } | null
  /** The part of the rows that go from any place. The others are the oldest. */
  anywhere: number
}

/** The work of a day or less, by table: in a lifetime of a row, a session is refreshed five times. */
export const CHURNS: Record<string, Churn> = {
  sessions: {
    oldest: 'id',
    renewed: { id: 'uuidv7()', generation: '1' },
    used: { set: 'generation = generation + 1, rotated_at = now(), last_seen_at = now()', share: 0.1 },
    anywhere: 0.5,
  },
  audit_events: { oldest: 'id', renewed: { id: 'uuidv7()', created_at: 'now()' }, used: null, anywhere: 0 },
  capabilities: {
    oldest: 'expires_at, token_hash',
    renewed: { token_hash: NEW_SECRET, expires_at: `clock_timestamp() + interval '3 days'` },
    used: { set: 'used_at = now()', share: 0.01 },
    anywhere: 0,
  },
  known_networks: {
    oldest: 'seen_at, user_id, network',
    renewed: { network: NEW_SECRET, seen_at: 'clock_timestamp()' },
    used: { set: 'seen_at = clock_timestamp()', share: 0.05 },
    anywhere: 0,
  },
  throttle_counters: {
    oldest: 'key',
    renewed: { key: NEW_SECRET },
    used: { set: 'points = points + 1', share: 0.2 },
    anywhere: 1,
  },
}

/**
 * The statements that replace a share of a table.
 *
 * @param rows - how many rows the table has
 * @param share - from 0 to 1
 */
export function listStatements(
  table: string,
  columns: string[],
  { rows, share }: { rows: number; share: number },
): string[] {
  const { oldest, renewed, used, anywhere } = CHURNS[table] as Churn
  const count = Math.round(rows * share)
  const sample = (part: number) => `select ctid from ${table} tablesample bernoulli (${part * 100})`
  const first = (limit: number) => `from ${table} order by ${oldest} limit ${limit}`
  const values = columns.map((column) => renewed[column] ?? column)
  const remove = (those: string) => `delete from ${table} where ctid = any (array(${those}))`
  return [
    ...(used ? [`update ${table} set ${used.set} where ctid = any (array(${sample(used.share)}))`] : []),
    `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} ${first(count)}`,
    ...(anywhere < 1 ? [remove(`select ctid ${first(Math.round(count * (1 - anywhere)))}`)] : []),
    ...(anywhere > 0 ? [remove(sample(share * anywhere))] : []),
  ]
}
