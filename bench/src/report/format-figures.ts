import type { Figures } from '../figures/figures.ts'
import { formatTable } from '../report.ts'
import { listTables } from './tables.ts'

/** Formats a run for a terminal. */
export function formatFigures(figures: Figures): string {
  const { at, command, machine, missing } = figures
  const head = Object.entries(machine).map(([name, value]) => `${name}: ${value}`)
  const tables = listTables(figures).map(({ title, rows }) => `${title}\n${formatTable(rows)}`)
  return [[`${command}, ${at}`, ...head, ...missing].join('\n'), ...tables].join('\n\n')
}
