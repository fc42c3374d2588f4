import { SourceError } from '../source-error.ts'
import type { Column, Table } from './catalog.ts'

type Kind = 'text' | 'boolean' | 'integer' | 'time'

const TYPES: Record<Kind, RegExp> = {
  text: /^(?:text|character varying|character|(?:.*\.)?citext)$/,
  boolean: /^boolean$/,
  integer: /^(?:smallint|integer|bigint)$/,
  time: /^(?:timestamp with(?:out)? time zone|date)$/,
}

/** More of a text is read by no rule. */
const TEXT_MAX_CHARACTERS = 1000

/** Where a column is looked for, and what stands for it where the table has none. */
export interface ColumnUse {
  table: Table
  /** The name of the table in the statement. */
  alias: string
  /** The name that an operator gave the column; its usual one unless given. */
  name: string
  kind: Kind
  /** An expression of SQL; undefined where the column is required. */
  absent?: string
  /** True: the operator named it, so it must be there. */
  isNamed?: boolean
}

/**
 * Makes the expression of SQL that reads a column. A text is cut at 1,000 characters, and a time is in milliseconds.
 *
 * @throws {SourceError} the column is missing, of another type, or not readable for the role
 */
export function readColumn({ table, alias, name, kind, absent, isNamed }: ColumnUse): string {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) {
    if (absent !== undefined && !isNamed) return absent
    throw new SourceError(
      `The table ${table.quoted} has no column ${name}. A column of another name is given with --columns, such as --columns email=mail.`,
    )
  }
  requireReadable(table, [column])
  if (!TYPES[kind].test(column.type)) {
    throw new SourceError(
      `The column ${column.quoted} of ${table.quoted} is of type ${column.type}, not a ${kind}.`,
    )
  }
  return expressionOf(`${alias}.${column.quoted}`, kind)
}

function expressionOf(column: string, kind: Kind): string {
  if (kind === 'text') return `pg_catalog.left(${column}::text, ${TEXT_MAX_CHARACTERS})`
  if (kind === 'boolean') return column
  if (kind === 'integer') return `${column}::text`
  return `case when pg_catalog.isfinite(${column}::timestamptz)
    then pg_catalog.floor(extract(epoch from ${column}::timestamptz) * 1000)::float8 end`
}

/**
 * Finds columns that no operator renames.
 *
 * @throws {SourceError} one is missing or not readable for the role
 */
export function requireColumns(table: Table, names: string[]): void {
  const columns = names.map((name) => {
    const column = table.columns.find((candidate) => candidate.name === name)
    if (column) return column
    throw new SourceError(
      `The table ${table.quoted} has no column ${name}, so it is none of django-jwt-allauth.`,
    )
  })
  requireReadable(table, columns)
}

function requireReadable(table: Table, columns: Column[]): void {
  const closed = columns.find(({ isReadable }) => !isReadable)
  if (!closed) return
  throw new SourceError(
    `The role may not read the column ${closed.quoted} of ${table.quoted}: grant usage on its schema and select on ${table.quoted} to it.`,
  )
}

/** Answers whether the role may read the whole table. */
export function isReadable(table: Table): boolean {
  return table.columns.length > 0 && table.columns.every((column) => column.isReadable)
}
