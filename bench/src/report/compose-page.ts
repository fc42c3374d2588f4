import type { Figures } from '../figures/figures.ts'
import { METHOD, NEXT } from './page-texts.ts'
import { listTables, type Table } from './tables.ts'

/** Composes the page of the documentation from a run: what was seen, where, when and with which command. */
export function composePage(figures: Figures): string {
  const { at, command, machine, size, missing } = figures
  const [aims, ...tables] = listTables(figures)
  const circumstances = Object.entries(machine).map(([name, value]) => `| ${name} | ${value} |`)
  return `${[
    '# Benchmark',
    `<!-- \`npm run bench -- --write\` writes this page. -->`,
    `\`${command}\` printed these figures on ${at.slice(0, 10)}.
It brings the servers of others from the npm registry, starts all servers on one PostgreSQL, and measures them in turn.
Rounds: ${size.rounds}. Seconds of a round: ${size.seconds}. Callers: ${size.clients}. A ratio is the median of the ratios of neighbouring rounds. Speeds
depend on the machine. Ratios depend on it less. The load before the run says how busy the machine was with other work.`,
    ['| machine | |', '| --- | --- |', ...circumstances].join('\n'),
    ...missing,
    ...(aims ? [formatSection(aims)] : []),
    '![Calls per second of each contender](benchmark.svg)',
    METHOD,
    ...tables.map(formatSection),
    NEXT,
  ].join('\n\n')}\n`
}

function formatSection({ title, rows }: Table): string {
  const names = Object.keys(rows[0] ?? {})
  const line = (cells: (string | number)[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [
    `## ${title}`,
    '',
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => row[name] ?? ''))),
  ].join('\n')
}

function escapeCell(cell: string | number): string {
  return String(cell).replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
