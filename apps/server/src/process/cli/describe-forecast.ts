import type { Forecast, ForecastLock } from '@latchkey/core'
import { formatTable } from './table.ts'

const MEGABYTE = 1_000_000
const HEAD = ['migration', 'table', 'rows', 'size', 'lock', 'servers wait with', 'work', 'about']

/** Describes for a terminal what waiting migrations lock; null when they lock no table that is in use. */
export function describeForecast({ locks, bytesPerSecond, isMeasured }: Forecast): string | null {
  if (locks.length === 0) return null
  const speed = `${Math.round(bytesPerSecond / MEGABYTE)} MB/s`
  const basis = isMeasured
    ? `The times follow from ${speed}, at which this database was read just now. What is not in memory takes longer.`
    : `The tables are small. The times assume ${speed}.`
  const wait = 'A migration waits a second at most for a lock, lets the servers pass, and tries again.'
  return [formatTable(HEAD, locks.map(describeLock)), basis, wait].join('\n')
}

function describeLock({
  migration,
  table,
  rows,
  bytes,
  lock,
  blocks,
  work,
  seconds,
}: ForecastLock): string[] {
  return [
    migration,
    table,
    rows === null ? '?' : Math.round(rows).toLocaleString('en'),
    formatBytes(bytes),
    lock ?? '?',
    blocks,
    work,
    formatSeconds(seconds),
  ]
}

function formatBytes(bytes: number): string {
  if (bytes < MEGABYTE) return '< 1 MB'
  return `${Math.round(bytes / MEGABYTE).toLocaleString('en')} MB`
}

function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '?'
  if (seconds < 1) return '< 1 s'
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
