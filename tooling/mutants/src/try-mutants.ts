import type { TestChooser } from './choose-tests.ts'
import { applyMutant, type Mutant, nameMutant } from './find-mutants.ts'
import type { Failure, Judge } from './judge.ts'
import type { Scratch } from './scratch.ts'
import type { Record, Verdict } from './verdicts.ts'

/** Tests of one step run at once. Most mutants fall in the first step. */
const STEPS = [3, 9, 18, Number.POSITIVE_INFINITY]

/** What a run needs. */
export interface Trial {
  judge: Judge
  scratch: Scratch
  chooseTests: TestChooser
  /** How many test files, the nearest first, may judge a mutant. */
  nearest: number
  survivors: ReadonlyMap<string, string>
  record: Record
  /** Reads a file of the repository. */
  read(file: string): string
  isTimeOver(): boolean
  report(verdict: Verdict): void
}

/** Tries each mutant: writes it, runs tests until one fails, and restores the file. */
export async function tryMutants(mutants: readonly Mutant[], trial: Trial): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const mutant of mutants) {
    const name = nameMutant(mutant)
    const verdict = trial.record.find(name) ?? {
      name,
      line: mutant.line,
      ...(await judgeMutant(mutant, name, trial)),
    }
    verdicts.push(verdict)
    trial.report(verdict)
  }
  return verdicts
}

async function judgeMutant(
  mutant: Mutant,
  name: string,
  trial: Trial,
): Promise<Pick<Verdict, 'verdict' | 'by'>> {
  if (trial.survivors.has(name)) return { verdict: 'accepted' }
  if (trial.isTimeOver()) return { verdict: 'untried' }
  const failure = await findFailure(mutant, trial)
  const verdict = failure ? ('noticed' as const) : ('survived' as const)
  const by = failure ? `${failure.file}: ${failure.test}` : undefined
  trial.record.add({ name, line: mutant.line, verdict, by })
  return { verdict, by }
}

async function findFailure(mutant: Mutant, trial: Trial): Promise<Failure | null> {
  const { file } = mutant
  const tests = trial.chooseTests(file).slice(0, trial.nearest)
  const text = trial.read(file)
  let begin = 0
  for (const end of STEPS) {
    const step = tests.slice(begin, end)
    begin = end
    if (step.length === 0) return null
    const failure = await runMutated(applyMutant(text, mutant), { file, step, trial })
    // A test that fails without the mutant too has noticed nothing.
    if (failure && (await passesWithout(failure, trial))) return failure
  }
  return null
}

async function runMutated(
  mutated: string,
  { file, step, trial }: { file: string; step: readonly string[]; trial: Trial },
): Promise<Failure | null> {
  const { scratch, judge, read } = trial
  try {
    scratch.write(file, mutated)
    judge.forget(file)
    return await judge.findFailure(step)
  } finally {
    scratch.write(file, read(file))
    judge.forget(file)
  }
}

/** The test files that passed without a mutant in this run. */
const trusted = new WeakMap<Judge, Set<string>>()

async function passesWithout({ file }: Failure, { judge }: Trial): Promise<boolean> {
  const passed = trusted.get(judge) ?? new Set()
  trusted.set(judge, passed)
  if (file === '' || passed.has(file)) return true
  const passes = (await judge.findFailure([file])) === null
  if (passes) passed.add(file)
  return passes
}
