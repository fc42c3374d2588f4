import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { nameMutant } from './find-mutants.ts'
import type { Numbered } from './instrument.ts'
import type { Failure, Judge } from './judge.ts'
import type { Reach } from './reach.ts'
import type { Scratch } from './scratch.ts'
import type { Record, Verdict } from './verdicts.ts'

/** So many trials share a few processes, which then end. */
const BATCH = 150

/** What the rounds need. The guards of the scratch copy hold all mutants. */
export interface Rounds {
  judge: Judge
  scratch: Scratch
  reach: Reach
  /** How many test files may judge a mutant. */
  nearest: number
  /** Lists the tests of a guard, the most telling first. */
  chooseTests(guard: string): string[]
  readTest(file: string): string
  record: Record
  isTimeOver(): boolean
  report(verdict: Verdict): void
}

interface Trial {
  mutant: Numbered
  test: string
  copy: string
}

/**
 * Tries mutants in rounds. In each round every mutant that nothing has noticed yet meets the next test file that
 * reaches it. The test files of a round run in a few processes, so they load the guards once.
 *
 * @returns the mutants that were noticed
 */
export async function tryInRounds(
  mutants: readonly Numbered[],
  rounds: Rounds,
): Promise<ReadonlySet<Numbered>> {
  const noticed = new Set<Numbered>()
  const tests = new Map(mutants.map((mutant) => [mutant, listTests(mutant, rounds)]))
  for (let round = 0; round < rounds.nearest; round++) {
    const trials = mutants
      .filter((mutant) => !noticed.has(mutant))
      .flatMap((mutant) => plan(mutant, tests.get(mutant)?.[round]))
    for (let at = 0; at < trials.length && !rounds.isTimeOver(); at += BATCH) {
      for (const { mutant, by } of await tryBatch(trials.slice(at, at + BATCH), rounds)) {
        noticed.add(mutant)
        const verdict = { name: nameMutant(mutant), line: mutant.line, verdict: 'noticed', by } as const
        rounds.record.add(verdict)
        rounds.report(verdict)
      }
    }
  }
  return noticed
}

/** The test files that reach a mutant. The nearest come first, and of the others the fastest. */
function listTests({ id, file }: Numbered, { reach, chooseTests, nearest }: Rounds): string[] {
  const reaching = reach.atRun(id)
  const telling = chooseTests(file).filter((test) => reaching.includes(test))
  return [...new Set([...telling.slice(0, Math.ceil(nearest / 2)), ...reaching])].slice(0, nearest)
}

function plan(mutant: Numbered, test: string | undefined): Trial[] {
  const copy = test?.replace(/\.test\.ts$/, `.mutant-${mutant.id}.test.ts`)
  return test && copy ? [{ mutant, test, copy }] : []
}

async function tryBatch(
  trials: readonly Trial[],
  { judge, scratch, readTest }: Rounds,
): Promise<{ mutant: Numbered; by: string }[]> {
  for (const { test, copy } of trials) scratch.write(copy, readTest(test))
  try {
    const failures = new Map((await judge.listFailures(trials.map(({ copy }) => copy))).map(byFile))
    return trials.flatMap(({ mutant, test, copy }) => {
      const failed = failures.get(copy)
      return failed === undefined ? [] : [{ mutant, by: `${test}: ${failed}` }]
    })
  } finally {
    for (const { copy } of trials) rmSync(join(scratch.folder, copy), { force: true })
  }
}

function byFile({ file, test }: Failure): [string, string] {
  return [file, test]
}
