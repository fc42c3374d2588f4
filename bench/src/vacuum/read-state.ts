import type postgres from 'postgres'

/** What PostgreSQL says of a table. */
export interface TableState {
  dead: number
  rows: number
  /** All rows that were ever inserted. */
  inserted: number
  tablePages: number
  indexPages: number
  vacuums: number
  /** The time of all of them. */
  vacuumSeconds: number
  /** Whether autovacuum will vacuum it in the next round. */
  isDue: boolean
}

const STATE = `
  with setting as (
    select c.oid, c.reltuples, c.relpages, c.relallfrozen, coalesce(v, 0.2) as scale, coalesce(i, 0.2) as inserts
    from pg_class c, lateral (
      select max(option_value::float8) filter (where option_name = 'autovacuum_vacuum_scale_factor') as v,
        max(option_value::float8) filter (where option_name = 'autovacuum_vacuum_insert_scale_factor') as i
      from pg_options_to_table(c.reloptions)) o
    where c.oid = $1::regclass)
  select n_dead_tup::float8 as dead, reltuples::float8 as rows, n_tup_ins::float8 as inserted,
    (pg_relation_size(oid) / 8192)::float8 as "tablePages",
    (pg_indexes_size(oid) / 8192)::float8 as "indexPages", autovacuum_count::float8 as vacuums,
    total_autovacuum_time / 1000 as "vacuumSeconds",
    n_dead_tup > 50 + scale * reltuples
      or n_ins_since_vacuum > 1000 + inserts * reltuples * (1 - least(1, relallfrozen / greatest(relpages, 1)::float8)) as "isDue"
  from setting join pg_stat_user_tables on relid = oid`

/** Reads the state of a table. What this connection did until now is in it. */
export async function readState(sql: postgres.Sql, table: string): Promise<TableState> {
  await sql`select pg_stat_force_next_flush()`
  const [row] = await sql.unsafe<TableState[]>(STATE, [table])
  if (!row) throw new Error(`There is no table ${table}.`)
  return row
}

/** Waits until autovacuum has done what is due. In production the time for it passes between two steps. */
export async function waitForVacuum(sql: postgres.Sql, table: string): Promise<TableState> {
  let state = await readState(sql, table)
  while (state.isDue) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    state = await readState(sql, table)
  }
  return state
}

interface Plan {
  'Heap Fetches'?: number
  'Actual Rows': number
  Plans?: Plan[]
}

/** The share of the rows for which a scan of an index alone had to look into the table. */
export async function readHeapFetches(sql: postgres.Sql, table: string): Promise<number> {
  await sql`select set_config(name, 'off', false) from unnest(array['enable_seqscan', 'enable_bitmapscan']) name`
  const query = `explain (analyze, timing off, format json) select count(*) from ${table}`
  const [row] = await sql.unsafe<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(query)
  await sql`select set_config(name, 'on', false) from unnest(array['enable_seqscan', 'enable_bitmapscan']) name`
  const scan = findScan(row?.['QUERY PLAN'][0]?.Plan)
  if (scan?.['Heap Fetches'] === undefined) throw new Error(`No index of ${table} was read alone.`)
  return scan['Heap Fetches'] / scan['Actual Rows']
}

function findScan(plan: Plan | undefined): Plan | undefined {
  if (!plan || plan['Heap Fetches'] !== undefined) return plan
  return findScan(plan.Plans?.[0])
}
