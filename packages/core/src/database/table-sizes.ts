import { sql } from 'drizzle-orm'
import type { Database } from './connection.ts'
import type { TableWork } from './lock-levels.ts'

/** The size of a table with its partitions. */
export interface TableSize {
  name: string
  /** As the last ANALYZE estimated it; null when there was none. */
  rows: number | null
  /** The rows with their indexes. */
  bytes: number
  /** The rows alone. */
  heapBytes: number
  isPartitioned: boolean
}

/** How much of a table is read to measure. */
const MEASURED_PAGES = 4096
const PAGE_BYTES = 8192
/** Assumed where no table is large enough to measure. */
const ASSUMED_BYTES_PER_SECOND = 100_000_000

/**
 * How many times as long as a plain read the work takes, rounded up. On 1,000,000 sessions of 303 MB in memory
 * (PostgreSQL 18): a read 78 ms, a check of every row 128 ms, an index 216 to 603 ms, a rewrite with five indexes 2,685 ms.
 */
const TIMES_OF_A_READ: Record<TableWork, number> = { none: 0, scan: 2, index: 8, rewrite: 35 }

/** Reads the size of each table of a schema, as PostgreSQL last counted it, by its name. */
export async function readTableSizes(db: Database, schema: string): Promise<Map<string, TableSize>> {
  const rows = await db.execute<{
    name: string
    rows: number | null
    bytes: number
    heap: number
    parted: boolean
  }>(sql`
    select c.relname as name, nullif(sum(greatest(p.reltuples, 0)), 0)::float8 as rows,
      sum(pg_total_relation_size(p.oid))::float8 as bytes, sum(pg_relation_size(p.oid))::float8 as heap, c.relkind = 'p' as parted
    from pg_class c
    cross join lateral (select relid from pg_partition_tree(c.oid) union select c.oid) part
    join pg_class p on p.oid = part.relid
    where c.relnamespace = (select oid from pg_namespace where nspname = ${schema}) and c.relkind in ('r', 'p')
    group by c.relname, c.relkind`)
  return new Map(
    rows.map(({ name, rows, bytes, heap, parted }) => [
      name,
      { name, rows, bytes, heapBytes: heap, isPartitioned: parted },
    ]),
  )
}

/** Measures how fast a table is read, on its first pages. */
export async function measureReading(
  db: Database,
  schema: string,
  table: TableSize | undefined,
): Promise<{ bytesPerSecond: number; isMeasured: boolean }> {
  if (!table || table.heapBytes < MEASURED_PAGES * PAGE_BYTES)
    return { bytesPerSecond: ASSUMED_BYTES_PER_SECOND, isMeasured: false }
  const name = sql`${sql.identifier(schema)}.${sql.identifier(table.name)}`
  const startedAt = performance.now()
  await db.execute(sql`select count(*) from ${name} where ctid < ${`(${MEASURED_PAGES},0)`}::tid`)
  const seconds = (performance.now() - startedAt) / 1000
  return { bytesPerSecond: Math.round((MEASURED_PAGES * PAGE_BYTES) / seconds), isMeasured: true }
}

/** How long the work on a table takes. */
export function secondsOf(
  work: TableWork,
  table: TableSize | undefined,
  { bytesPerSecond }: { bytesPerSecond: number },
): number {
  return ((table?.heapBytes ?? 0) / bytesPerSecond) * TIMES_OF_A_READ[work]
}
