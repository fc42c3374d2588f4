import { readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { type Mutant, nameMutant } from './find-mutants.ts'
import { SLOW_JUDGES } from './guards.ts'
import { instrument, type Numbered } from './instrument.ts'
import { startJudge } from './judge.ts'
import { measureReach, type Reach } from './reach.ts'
import { tryInRounds } from './rounds.ts'
import { type Trial, tryMutants } from './try-mutants.ts'
import type { Verdict } from './verdicts.ts'

type Run = Omit<Trial, 'judge'>

/** A mutant of many meets so many test files. */
const NEAREST_OF_MANY = 6
/** So many test files of each guard are measured. */
const NEAREST_MEASURED = 12
/** What only a new process or a new load of the module shows is tried with so many test files. */
const NEAREST_ALONE = 3

/** Tries each mutant alone, in a copy of the repository that holds no other. */
export async function tryOneByOne(mutants: readonly Mutant[], run: Run): Promise<Verdict[]> {
  const judge = await startJudge(run.scratch.folder)
  try {
    return await tryMutants(mutants, { ...run, judge })
  } finally {
    await judge.close()
  }
}

/** Tries many mutants: in rounds where processes hold all of them, and alone where a guard works only once. */
export async function tryMany(mutants: readonly Mutant[], run: Run): Promise<Verdict[]> {
  const open = mutants
    .map((mutant, id) => ({ ...mutant, id }))
    .filter((mutant) => !isKnown(nameMutant(mutant), run))
  const { alone, noticed } = await runRounds(open, run)
  const survived = open.filter((mutant) => !noticed.has(mutant) && !alone.has(mutant))
  if (!run.isTimeOver()) {
    for (const mutant of survived)
      run.record.add({ name: nameMutant(mutant), line: mutant.line, verdict: 'survived' })
    await tryOneByOne([...alone], { ...run, nearest: NEAREST_ALONE })
  }
  // Every verdict is in the record now. What is not was not tried.
  return collectVerdicts(mutants, run)
}

function isKnown(name: string, { survivors, record }: Run): boolean {
  return survivors.has(name) || record.find(name) !== undefined
}

async function runRounds(
  mutants: readonly Numbered[],
  run: Run,
): Promise<{ noticed: ReadonlySet<Numbered>; alone: ReadonlySet<Numbered> }> {
  const { folder, write } = run.scratch
  for (const [file, own] of Map.groupBy(mutants, ({ file: of }) => of))
    write(file, instrument(run.read(file), own))
  const setup = join(folder, 'tooling/mutants/src/switch.ts')
  const judge = await startJudge(folder, { setup, bail: false })
  try {
    const reach = await measureReach(judge, folder, listJudges(mutants, run))
    const readTest = (file: string) => readFileSync(join(folder, file), 'utf8')
    const noticed = await tryInRounds(mutants, { ...run, judge, reach, readTest, nearest: NEAREST_OF_MANY })
    return { noticed, alone: findAlone(mutants, noticed, reach) }
  } finally {
    await judge.close()
    for (const file of new Set(mutants.map((mutant) => mutant.file))) write(file, run.read(file))
  }
}

/** The test files near a guard. What is far from every guard reaches them through the same files as the near ones. */
function listJudges(mutants: readonly Numbered[], { chooseTests }: Run): string[] {
  const guards = new Set(mutants.map(({ file }) => file))
  const near = [...guards].flatMap((guard) => chooseTests(guard).filter(isQuick).slice(0, NEAREST_MEASURED))
  return [...new Set(near)]
}

function isQuick(test: string): boolean {
  return !SLOW_JUDGES.some((pattern) => matchesGlob(test, pattern))
}

/** What works while a module is loaded, or in another process, has no switch that a running test can turn. */
function findAlone(
  mutants: readonly Numbered[],
  noticed: ReadonlySet<Numbered>,
  reach: Reach,
): ReadonlySet<Numbered> {
  const isAlone = ({ id }: Numbered) => reach.isAtLoad(id) || reach.atRun(id).length === 0
  return new Set(mutants.filter((mutant) => !noticed.has(mutant) && isAlone(mutant)))
}

function collectVerdicts(mutants: readonly Mutant[], { survivors, record }: Run): Verdict[] {
  return mutants.map((mutant) => {
    const name = nameMutant(mutant)
    if (survivors.has(name)) return { name, line: mutant.line, verdict: 'accepted' }
    return record.find(name) ?? { name, line: mutant.line, verdict: 'untried' }
  })
}
