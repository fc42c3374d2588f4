import { availableParallelism } from 'node:os'
import type { Measurement } from '../measure.ts'
import { median, medianRatio } from '../report.ts'
import type { Contender } from './contender.ts'
import type { FloodFigure, Size } from './figures.ts'

/** How many people refresh, and how many sign in at the same server. */
export const FLOOD = { refreshing: 4, signingIn: 32 } as const

/** A flood takes long, and its percentiles differ by much more than the noise. */
const MOST_ROUNDS = 3

interface Moment {
  quiet: Measurement
  flood: Measurement & { others: number }
  burn: Measurement & { others: number }
}

/**
 * Measures refreshes on a quiet server, in a flood of sign-ins, and beside another process that hashes on every core.
 *
 * The burn takes the processor as the flood does, and nothing else of the server. So the ratio of the two says what the
 * sign-ins take from the refreshes beside the processor.
 */
export async function measureFlood(
  contenders: { refreshing: Contender; signingIn: Contender; burning: Contender },
  size: Size,
): Promise<FloodFigure> {
  const { refreshing, signingIn, burning } = contenders
  const moments: Moment[] = []
  for (let round = 0; round < Math.min(size.rounds, MOST_ROUNDS); round++) {
    const quiet = await refreshing.run('refresh', { clients: FLOOD.refreshing, seconds: size.seconds })
    const flood = await refreshBeside(refreshing, { other: signingIn, clients: FLOOD.signingIn }, size)
    const burn = await refreshBeside(refreshing, { other: burning, clients: availableParallelism() }, size)
    moments.push({ quiet, flood, burn })
  }
  return summarizeFlood(refreshing.name, moments)
}

/** Refreshes while another load runs. The other load begins before and ends after. */
async function refreshBeside(
  refreshing: Contender,
  { other, clients }: { other: Contender; clients: number },
  { seconds }: Size,
): Promise<Measurement & { others: number }> {
  const before = Math.min(1, seconds)
  const beside = other.run('login', { clients, seconds: seconds + before })
  await new Promise((resolve) => setTimeout(resolve, (before * 1000) / 2))
  const [own, others] = await Promise.all([
    refreshing.run('refresh', { clients: FLOOD.refreshing, seconds }),
    beside,
  ])
  return { ...own, others: others.perSecond }
}

/** The medians of the rounds, and the median of the ratios of each pair. */
export function summarizeFlood(contender: string, moments: Moment[]): FloodFigure {
  const of = (read: (moment: Moment) => number) => median(moments.map(read))
  return {
    contender,
    quiet: { p50: of(({ quiet }) => quiet.p50), p99: of(({ quiet }) => quiet.p99) },
    flood: {
      p50: of(({ flood }) => flood.p50),
      p99: of(({ flood }) => flood.p99),
      loginsPerSecond: of(({ flood }) => flood.others),
    },
    burn: {
      p50: of(({ burn }) => burn.p50),
      p99: of(({ burn }) => burn.p99),
      hashesPerSecond: of(({ burn }) => burn.others),
    },
    ratio: medianRatio(
      moments.map(({ flood }) => flood.p99),
      moments.map(({ burn }) => burn.p99),
    ),
  }
}
