import { medianRatio } from '../report.ts'
import { NAMES } from './contender.ts'
import type { FigureRatio, FigureRound, Operation } from './figures.ts'

const { latchkey, trpc, route, betterAuth, betterAuthArgon2, betterAuthCached, bareHash } = NAMES

/** What is compared with what, and the least that the project wants. */
export const COMPARISONS: Omit<FigureRatio, 'ratio'>[] = [
  { operation: 'login', of: latchkey, to: bareHash, aim: 0.92 },
  { operation: 'login', of: latchkey, to: route, aim: null },
  { operation: 'login', of: latchkey, to: betterAuth, aim: 6 },
  { operation: 'login', of: latchkey, to: betterAuthArgon2, aim: null },
  { operation: 'registration', of: latchkey, to: route, aim: null },
  { operation: 'registration', of: latchkey, to: betterAuth, aim: null },
  { operation: 'registration', of: latchkey, to: betterAuthArgon2, aim: null },
  { operation: 'refresh', of: latchkey, to: route, aim: 1 },
  { operation: 'refresh', of: latchkey, to: betterAuth, aim: null },
  { operation: 'refresh', of: latchkey, to: betterAuthArgon2, aim: 5 },
  { operation: 'user', of: latchkey, to: route, aim: 0.9 },
  { operation: 'user', of: latchkey, to: betterAuth, aim: 6 },
  { operation: 'user', of: latchkey, to: betterAuthCached, aim: null },
  { operation: 'mixed', of: latchkey, to: route, aim: null },
  { operation: 'mixed', of: latchkey, to: betterAuth, aim: null },
  ...(['login', 'refresh', 'user'] as const).map((operation) => ({
    operation,
    of: trpc,
    to: latchkey,
    aim: null,
  })),
]

/** Compares the rounds in pairs. A comparison with a contender that was not measured is left out. */
export function compareContenders(rounds: FigureRound[]): FigureRatio[] {
  const speeds = (operation: Operation, contender: string) =>
    rounds
      .filter((round) => round.operation === operation && round.contender === contender)
      .map(({ perSecond }) => perSecond)
  return COMPARISONS.flatMap((comparison) => {
    const [ours, theirs] = [comparison.of, comparison.to].map((name) => speeds(comparison.operation, name))
    if (!ours?.length || !theirs?.length) return []
    return [{ ...comparison, ratio: medianRatio(ours, theirs) }]
  })
}
