import type { Database } from './connection.ts'
import {
  type Blocked,
  blockedBy,
  type Effect,
  isStronger,
  type LockLevel,
  type TableWork,
} from './lock-levels.ts'
import type { Migration } from './migrations.ts'
import { type Relations, readRelations } from './relations.ts'
import { NO_EFFECTS, readEffects, type StatementEffects } from './statement-effects.ts'
import { measureReading, readTableSizes, secondsOf, type TableSize } from './table-sizes.ts'

/** What a waiting migration does to a table that is in use. */
export interface ForecastLock {
  migration: string
  table: string
  /** The rows and the bytes of the table, as PostgreSQL last counted them; rows are null when it has not counted yet. */
  rows: number | null
  bytes: number
  /** The strongest lock; null for a statement that is not known, which may take any. */
  lock: LockLevel | null
  blocks: Blocked
  work: TableWork
  /** For how long the lock is held, estimated; null when the statement is not known. */
  seconds: number | null
}

/** What the waiting migrations lock, and for how long. */
export interface Forecast {
  locks: ForecastLock[]
  /** The speed that the estimates rest on: measured just now, or assumed where every table is small. */
  bytesPerSecond: number
  isMeasured: boolean
}

const UNKNOWN = '(a statement that is not known)'

/** Foretells what migrations lock on the tables of this size. It reads at most 32 MiB. */
export async function forecastMigrations(
  db: Database,
  { schema, waiting }: { schema: string; waiting: Migration[] },
): Promise<Forecast> {
  const sizes = await readTableSizes(db, schema)
  const relations = await readRelations(db, schema)
  const [largest] = [...sizes.values()]
    .filter(({ isPartitioned }) => !isPartitioned)
    .toSorted((one, other) => other.heapBytes - one.heapBytes)
  const speed = await measureReading(db, schema, largest)
  const made = new Set<string>()
  const locks = waiting.flatMap((migration) =>
    forecast(migration, { sizes, relations, made, bytesPerSecond: speed.bytesPerSecond }),
  )
  return { locks, ...speed }
}

interface Known {
  sizes: Map<string, TableSize>
  relations: Relations
  /** The tables that waiting migrations make, which no server uses. */
  made: Set<string>
  bytesPerSecond: number
}

/** A transaction keeps each lock to its end, so a lock lasts for its statement and all that follow. */
function forecast(migration: Migration, known: Known): ForecastLock[] {
  const found = new Map<string, ForecastLock>()
  const steps = [...migration.statements.map(readEffects), ...describeWork(migration)]
  for (const step of steps) {
    for (const table of step?.creates ?? []) known.made.add(table)
    const effects = step ? effectsOn(step, known) : [{ table: UNKNOWN, lock: null, work: 'none' as const }]
    for (const { table, lock, work } of effects) {
      const size = known.sizes.get(table)
      if (lock !== null && (known.made.has(table) || !size)) continue
      const former = found.get(table)
      found.set(table, merge(former, { migration: migration.name, table, size, lock, work }))
    }
    const seconds = Math.max(
      0,
      ...effects.map((one) => secondsOf(one.work, known.sizes.get(one.table), known)),
    )
    for (const one of found.values()) {
      const isHeld = !migration.isConcurrent || effects.some(({ table }) => table === one.table)
      if (one.seconds !== null && isHeld) one.seconds += seconds
    }
  }
  return [...found.values()]
}

function effectsOn(step: StatementEffects, { relations }: Known): Effect[] {
  const ofIndexes = step.dropsIndexes.map(({ index, lock }) => ({
    table: relations.tableOfIndex.get(index) ?? '',
    lock,
  }))
  const ofKeys = step.dropsConstraints.flatMap(({ table, constraint }) =>
    relations.foreignKeys
      .filter((key) => key.table === table && (constraint === null || key.name === constraint))
      .map((key) => ({ table: key.referenced, lock: 'ACCESS EXCLUSIVE' as const })),
  )
  return [...step.effects, ...[...ofIndexes, ...ofKeys].map((one) => ({ ...one, work: 'none' as const }))]
}

function describeWork(migration: Migration): StatementEffects[] {
  const effects = migration.workEffects ?? []
  return effects.length > 0 ? [{ ...NO_EFFECTS, effects: [...effects] }] : []
}

interface Touched {
  migration: string
  table: string
  size: TableSize | undefined
  lock: LockLevel | null
  work: TableWork
}

function merge(
  former: ForecastLock | undefined,
  { migration, table, size, lock, work }: Touched,
): ForecastLock {
  if (lock === null) {
    const unknown = { lock, blocks: 'reads and writes', seconds: null } as const
    return { migration, table, rows: null, bytes: 0, work, ...unknown }
  }
  const isFirst = former?.lock == null || isStronger(lock, former.lock)
  const strongest = isFirst ? lock : (former.lock as LockLevel)
  const works: TableWork[] = ['none', 'scan', 'index', 'rewrite']
  const most = Math.max(works.indexOf(work), works.indexOf(former?.work ?? 'none'))
  return {
    migration,
    table,
    rows: size?.rows ?? null,
    bytes: size?.bytes ?? 0,
    lock: strongest,
    blocks: blockedBy(strongest),
    work: works[most] ?? 'none',
    seconds: former?.seconds ?? 0,
  }
}
