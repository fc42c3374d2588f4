import { readAlterTable } from './alter-table-effects.ts'
import type { Effect, LockLevel, TableWork } from './lock-levels.ts'

/** What a statement of a migration does. */
export interface StatementEffects {
  effects: Effect[]
  /** The tables that it makes. No server uses them yet. */
  creates: string[]
  /** The indexes that it drops. Each locks its table. */
  dropsIndexes: { index: string; lock: LockLevel }[]
  /** The constraints that it drops; null for every one of the table. A foreign key locks the table that it names. */
  dropsConstraints: { table: string; constraint: string | null }[]
}

type Reader = (match: RegExpExecArray, statement: string) => Partial<StatementEffects>

const on = (table: string | undefined, lock: LockLevel, work: TableWork = 'none'): Effect => ({
  table: table ?? '',
  lock,
  work,
})

/** A statement without comments and quotation marks, with one space between words. The first one that fits counts. */
const READERS: [RegExp, Reader][] = [
  [/^create (?:unlogged )?table (?:if not exists )?([\w.]+)/i, readCreateTable],
  [
    /^alter table (?:if exists )?(?:only )?([\w.]+) (.*)$/i,
    ([, table = '', actions = '']) => readAlter(table, actions),
  ],
  [
    /^create (?:unique )?index (concurrently )?.*? on (?:only )?([\w.]+)/i,
    ([, isConcurrent, table]) => ({
      effects: [on(table, isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE', 'index')],
    }),
  ],
  [
    /^drop index (concurrently )?(?:if exists )?([\w.]+)/i,
    ([, isConcurrent, index = '']) => ({
      dropsIndexes: [{ index, lock: isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE' }],
    }),
  ],
  [
    /^drop table (?:if exists )?([\w., ]+?)(?: cascade| restrict)?$/i,
    ([, tables = '']) => readDropTable(tables.split(/\s*,\s*/)),
  ],
  [
    /^comment on (?:column ([\w.]+)\.\w+|table ([\w.]+))/i,
    ([, ofColumn, table]) => ({ effects: [on(ofColumn ?? table, 'SHARE UPDATE EXCLUSIVE')] }),
  ],
  [
    /^create (?:or replace )?(?:constraint )?trigger .*? on ([\w.]+)/i,
    ([, table]) => ({ effects: [on(table, 'SHARE ROW EXCLUSIVE')] }),
  ],
  [/^insert into ([\w.]+)/i, ([, table]) => ({ effects: [on(table, 'ROW EXCLUSIVE')] })],
  [
    /^(?:update (?:only )?|delete from (?:only )?)([\w.]+)/i,
    ([, table]) => ({ effects: [on(table, 'ROW EXCLUSIVE', 'rewrite')] }),
  ],
  [/^create (?:or replace )?(?:extension|type|sequence|function|schema)\b/i, () => ({})],
]

/** A statement that touches no table. */
export const NO_EFFECTS: StatementEffects = {
  effects: [],
  creates: [],
  dropsIndexes: [],
  dropsConstraints: [],
}

/**
 * Reads what a statement of a migration locks, and for what work.
 *
 * A test compares it with the locks that PostgreSQL holds, for every migration.
 *
 * @returns null for a statement that it does not know
 */
export function readEffects(statement: string): StatementEffects | null {
  const plain = statement
    .replaceAll(/^\s*--.*$/gm, '')
    .replaceAll('"', '')
    .replaceAll(/\s+/g, ' ')
    .replace(/;\s*$/, '')
    .trim()
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(plain)
    if (match) return { ...NO_EFFECTS, ...read(match, plain) }
  }
  return null
}

/** A new table locks the tables that its foreign keys name, and the table that it is a partition of. */
function readCreateTable([, table = '']: RegExpExecArray, statement: string): Partial<StatementEffects> {
  const named = [...statement.matchAll(/ references ([\w.]+)/gi)].map(([, other]) =>
    on(other, 'SHARE ROW EXCLUSIVE'),
  )
  const [, parent] = / partition of ([\w.]+)/i.exec(statement) ?? []
  return { creates: [table], effects: parent ? [...named, on(parent, 'ACCESS EXCLUSIVE')] : named }
}

function readDropTable(tables: string[]): Partial<StatementEffects> {
  return {
    effects: tables.map((table) => on(table, 'ACCESS EXCLUSIVE')),
    dropsConstraints: tables.map((table) => ({ table, constraint: null })),
  }
}

function readAlter(table: string, actions: string): Partial<StatementEffects> {
  const dropped = [...actions.matchAll(/(?:^|, ?)drop constraint (?:if exists )?(\w+)/gi)]
  return {
    effects: readAlterTable(table, actions),
    dropsConstraints: dropped.map(([, constraint = '']) => ({ table, constraint })),
  }
}
