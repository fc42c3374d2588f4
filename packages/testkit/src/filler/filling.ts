import { NOW } from './expressions.ts'

/** The rows of one table. */
export interface Filling {
  table: string
  /** How many rows there are for so many users. */
  countRows(users: number): number
  /** The expression of each column for the row with the number `n`, which begins at 0. The others have their default. */
  columns(rows: number): Record<string, string>
}

/** How much of each table there is. */
export interface FillingSizes {
  sessionsPerUser: number
  eventsPerUser: number
  /** The share of the expiring rows that housekeeping would delete. */
  overdueShare: number
}

/** Days from now, in an overdue row and in any other row. The overdue rows are those with the lowest numbers. */
export interface Days {
  overdue: number
  other: number
}

export const FIRST_NAMES = [
  'Ada',
  'Zoë',
  'José',
  'Nanami',
  'Olena',
  'Wiktor',
  'Grace',
  'Mehmet',
  'Chiara',
  'Sven',
]
export const LAST_NAMES = [
  'Lovelace',
  'Müller',
  'García',
  'Sato',
  'Kovalenko',
  'Nowak',
  'Hopper',
  'Yılmaz',
  'Rossi',
]
export const DEVICE = { browser: `'Chrome'`, os: `'Linux'`, device: `'desktop'` }
export const IP = `'203.' || n % 251 || '.' || n / 251 % 256 || '.' || n % 253`

/** Counts the rows of a table of which not every user has one. */
export function everyNth(share: number): (users: number) => number {
  return (users) => Math.ceil(users / share)
}

/** The days of a row, as an expression. */
export function daysOf(rows: number, overdueShare: number, { overdue, other }: Days): string {
  return `(case when n < ${Math.floor(rows * overdueShare)} then ${overdue} else ${other} end)`
}

/** The time that is so many days from now. */
export function inDays(days: string): string {
  return `(${NOW} + interval '1 day' * ${days})`
}
