import type { Measurement } from './measure.ts'

/** One measured round, with the processor time it took. */
export interface Round extends Measurement {
  name: string
  clients: number
  /** The number of busy processors, by process. */
  cpu: { worker: number; server: number; postgres: number }
}

/** The summary of all rounds with one name and one number of clients. */
export type Line<R extends Round = Round> = R & {
  /** Calls per second of each round. */
  rounds: number[]
}

/** The throughput of the server divided by the throughput of the bare loop. */
export interface Ratio {
  name: string
  clients: number
  ratio: number
  aim: number
}

/** The median of each kind of round. */
export function summarize<R extends Round>(rounds: R[]): Line<R>[] {
  const groups = Map.groupBy(rounds, (round) => `${round.name} ${round.clients}`)
  return [...groups.values()].map((group) => {
    const of = (read: (round: R) => number) => median(group.map(read))
    return {
      ...(group[0] as R),
      perSecond: of((round) => round.perSecond),
      p50: of((round) => round.p50),
      p99: of((round) => round.p99),
      cpu: {
        worker: of((round) => round.cpu.worker),
        server: of((round) => round.cpu.server),
        postgres: of((round) => round.cpu.postgres),
      },
      rounds: group.map((round) => Math.round(round.perSecond)),
    }
  })
}

/**
 * Compares neighbouring rounds in pairs, because a slow moment slows both.
 *
 * @returns the median of the ratios
 */
export function compare(rounds: Round[], pair: { server: string; bare: string; aim: number }): Ratio[] {
  const clients = [...new Set(rounds.map((round) => round.clients))]
  return clients.map((count) => {
    const of = (name: string) => rounds.filter((round) => round.name === name && round.clients === count)
    const speeds = (name: string) => of(name).map(({ perSecond }) => perSecond)
    const ratio = medianRatio(speeds(pair.server), speeds(pair.bare))
    return { name: `${pair.server} / ${pair.bare}`, clients: count, ratio, aim: pair.aim }
  })
}

/** The median of the ratios of neighbouring rounds; NaN when a round has no neighbour. */
export function medianRatio(ones: number[], others: number[]): number {
  return median(ones.map((one, i) => one / (others[i] ?? Number.NaN)))
}

/** Formats rows as a table. */
export function formatTable(rows: Record<string, string | number>[]): string {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))]
  const widths = names.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
  return lines.join('\n')
}

/** The middle value, or the mean of the two middle values. */
export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}
