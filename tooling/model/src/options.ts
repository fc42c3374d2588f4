import { parseArgs } from 'node:util'

/** What is printed after a mistake. */
export const USAGE = `npm run model -- [options]

Lets clients, tabs and thieves use sessions at random on a real PostgreSQL, and compares each answer of the server with the
model. It prints what it counted as a table. A million steps take 20 minutes of one processor.

  --steps N    how many steps, from 20000 on; 1000000 unless given
  --seed N     repeats what the clients of a run do; a new one unless given`

/** The fewest steps of which every count is above zero. */
const LEAST_STEPS = 20_000
const MOST_STEPS = 1e9

/** What a run does. */
export interface ModelOptions {
  steps: number
  /** From 0 to 2^31 - 1. */
  seed: number
}

/**
 * Reads the options of a run.
 *
 * @throws when a word is unknown, or a number is not one that a run takes
 */
export function readOptions(words: string[]): ModelOptions {
  const { values } = parseArgs({
    args: words,
    options: { steps: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
  })
  const seed = values.seed ?? String(Date.now() % 2 ** 31)
  return {
    steps: readNumber('--steps', values.steps, { least: LEAST_STEPS, most: MOST_STEPS }),
    seed: readNumber('--seed', seed, { least: 0, most: 2 ** 31 - 1 }),
  }
}

function readNumber(name: string, text: string, { least, most }: { least: number; most: number }): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Error(`${name} takes a number from ${least} to ${most}`)
}
