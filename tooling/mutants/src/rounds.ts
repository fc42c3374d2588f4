import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { nameMutant } from './find-mutants.ts'
import type { Numbered } from './instrument.ts'
import type { Failure, Judge } from './judge.ts'
import { type Attempt, writePlan } from './plan.ts'
import type { Way } from './reach.ts'
import type { Scratch } from './scratch.ts'
import type { Record, Verdict } from './verdicts.ts'

/** So many trials share a few processes, which then end. */
const BATCH = 300
/** A test that takes many times as long as without the mutant hangs. Other work may make the machine slow meanwhile. */
const HANGS_FACTOR = 8
const HANGS_MILLISECONDS = 20_000

/** What the rounds need. The guards of the scratch copy hold all mutants. */
export interface Rounds {
  judge: Judge
  scratch: Scratch
  /** How many test files may judge a mutant. */
  nearest: number
  /** Lists the test files that judge a mutant, the most telling first. */
  listWays(mutant: Numbered): Way[]
  readTest(file: string): string
  /** Gives the digest of the text of a test file. */
  digestOf(file: string): string
  record: Record
  isTimeOver(): boolean
  report(verdict: Verdict): void
}

interface Trial {
  mutant: Numbered
  way: Way
  copy: string
}

/**
 * Tries mutants in rounds. In each round every mutant that nothing has noticed yet meets the next test file that
 * reaches it. The test files of a round run in a few processes, so they load the guards once.
 *
 * @returns the mutants that were noticed, and those that the time did not allow
 */
export async function tryInRounds(
  mutants: readonly Numbered[],
  rounds: Rounds,
): Promise<{ noticed: ReadonlySet<Numbered>; untried: ReadonlySet<Numbered> }> {
  const noticed = new Set<Numbered>()
  const untried = new Set<Numbered>()
  const judgedBy = (test: string) => ({ test, digest: rounds.digestOf(test) })
  const ways = new Map(mutants.map((mutant) => [mutant, rounds.listWays(mutant).slice(0, rounds.nearest)]))
  for (let round = 0; round < rounds.nearest; round++) {
    const trials = mutants
      .filter((mutant) => !noticed.has(mutant))
      .flatMap((mutant) => plan(mutant, ways.get(mutant)?.[round]))
      .filter(({ mutant, way }) => !rounds.record.hasPassed(nameMutant(mutant), judgedBy(way.test)))
    for (let at = 0; at < trials.length; at += BATCH) {
      const batch = trials.slice(at, at + BATCH)
      if (rounds.isTimeOver()) {
        for (const { mutant } of batch) untried.add(mutant)
        continue
      }
      console.log(`mutants: round ${round + 1} of ${rounds.nearest}, ${at} of ${trials.length}`)
      for (const { mutant, test, by } of await tryBatch(batch, rounds)) {
        const name = nameMutant(mutant)
        if (by === undefined) {
          rounds.record.addPass(name, judgedBy(test))
          continue
        }
        noticed.add(mutant)
        const verdict = { name, line: mutant.line, verdict: 'noticed', by } as const
        rounds.record.add(verdict)
        rounds.report(verdict)
      }
    }
  }
  return { noticed, untried }
}

function plan(mutant: Numbered, way: Way | undefined): Trial[] {
  const copy = way?.test.replace(/\.test\.ts$/, `.mutant-${mutant.id}.test.ts`)
  return way && copy ? [{ mutant, way, copy }] : []
}

/** What became of a trial: which test of the file failed, if one did. */
interface Outcome {
  mutant: Numbered
  test: string
  by: string | undefined
}

async function tryBatch(trials: readonly Trial[], { judge, scratch, readTest }: Rounds): Promise<Outcome[]> {
  const copies = Object.fromEntries(trials.map((trial) => [trial.copy, toAttempt(trial)]))
  writePlan(scratch, { notes: null, copies })
  for (const { way, copy } of trials) scratch.write(copy, readTest(way.test))
  try {
    const failures = new Map((await judge.listFailures(trials.map(({ copy }) => copy))).map(byFile))
    return trials.map(({ mutant, way: { test }, copy }) => {
      const failed = failures.get(copy)
      return { mutant, test, by: failed && `${test}: ${failed}` }
    })
  } finally {
    for (const { copy } of trials) rmSync(join(scratch.folder, copy), { force: true })
  }
}

function toAttempt({ mutant: { id }, way: { tests, milliseconds } }: Trial): Attempt {
  return { id, tests, limitMilliseconds: Math.max(HANGS_MILLISECONDS, HANGS_FACTOR * milliseconds) }
}

function byFile({ file, test, message }: Failure): [string, string] {
  const isHung = /^(?:Test|Hook) timed out/.test(message ?? '')
  return [file, isHung ? `${test} (hangs)` : test]
}
