import type { CallTask } from '../callers/tasks.ts'
import type { Line, Round } from '../report.ts'

/** What is measured of a contender. */
export type Operation = CallTask

/** A round of one operation of one contender. */
export interface FigureRound extends Round {
  operation: Operation
  contender: string
}

/** A throughput of one contender, divided by that of another in the neighbouring rounds. */
export interface FigureRatio {
  operation: Operation
  of: string
  to: string
  ratio: number
  /** The least that the project wants; null where the ratio is told and nothing is wanted. */
  aim: number | null
}

/** A server at rest. */
export interface Rest {
  contender: string
  /** Seconds from the start of the process to the first 200, with a migrated database. The median of the starts. */
  startSeconds: number
  /** Resident memory a second after the start, and after all rounds. Null on a machine without /proc. */
  idleMib: number | null
  loadedMib: number | null
}

/** Refreshes while the processor is busy. Milliseconds are medians of the rounds. */
export interface FloodFigure {
  contender: string
  quiet: { p50: number; p99: number }
  /** Beside as many sign-ins as the same server takes. */
  flood: { p50: number; p99: number; loginsPerSecond: number }
  /** Beside a process that hashes on every core, with the server free. */
  burn: { p50: number; p99: number; hashesPerSecond: number }
  /** The 99th percentile in the flood divided by that beside the burn. */
  ratio: number
}

/** One operation with few and with many stored accounts. Milliseconds are medians of the rounds. */
export interface ScaleFigure {
  operation: Operation
  few: { p50: number; p99: number }
  many: { p50: number; p99: number }
  /** The medians of many accounts divided by those of few. */
  ratio: number
}

/** The functions that took most of the time of the server's thread. */
export interface Profile {
  operation: Operation
  functions: { name: string; place: string; share: number }[]
}

/** The size of a run. */
export interface Size {
  clients: number
  rounds: number
  /** Seconds of a round that count. */
  seconds: number
  /** Seconds for which each operation of each contender runs before the count. */
  warmUpSeconds: number
  /** How often each server starts for the median, after its first start. */
  starts: number
  /** The numbers of stored accounts that are compared; null leaves the comparison out. */
  accounts: { few: number; many: number } | null
  /** Whether the operations that missed an aim are profiled. */
  isProfiled: boolean
}

/** Everything that one run saw. */
export interface Figures {
  at: string
  command: string
  machine: Record<string, string | number | null>
  size: Size
  /** Peers that were not measured, with the reason. */
  missing: string[]
  lines: Line<FigureRound>[]
  ratios: FigureRatio[]
  rests: Rest[]
  floods: FloodFigure[]
  scales: ScaleFigure[]
  profiles: Profile[]
}
