import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { type Mutant, nameMutant } from './find-mutants.ts'
import { SLOW_JUDGES } from './guards.ts'
import { instrument, type Numbered } from './instrument.ts'
import { startJudge } from './judge.ts'
import { openNotes } from './notes.ts'
import { measureReach, type Reach, type Way } from './reach.ts'
import { tryInRounds } from './rounds.ts'
import { type Trial, tryMutants } from './try-mutants.ts'
import type { Verdict } from './verdicts.ts'

/** What a run of many mutants needs. */
export type Run = Omit<Trial, 'judge'> & {
  /** The mutants of all guards. A run measures for all of them what the tests reach. */
  all: readonly Numbered[]
  /** Where the notes of what each test reaches stay; without it, they end with the run. */
  notes: string | undefined
}

/** A mutant of many meets so many test files. */
const NEAREST_OF_MANY = 24
/** So many of them are the nearest. */
const NEAREST_BY_NAME = 4
/** So many test files of each guard are measured. */
const NEAREST_MEASURED = 24
/** A test file takes so long to load. */
const START_MILLISECONDS = 500
/** What no measured test reaches is tried with so many test files, also the slow ones. */
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

/**
 * Tries many mutants in three stages: in processes that load the guards once; what works while a module is loaded, in a
 * process for each test file; and alone what no measured test reaches.
 */
export async function tryMany(mutants: readonly Numbered[], run: Run): Promise<Verdict[]> {
  const open = mutants.filter((mutant) => !isKnown(nameMutant(mutant), run))
  const { unreached, survived } = await runRounds(open, run)
  for (const mutant of survived)
    run.record.add({ name: nameMutant(mutant), line: mutant.line, verdict: 'survived' })
  if (!run.isTimeOver()) await tryOneByOne(unreached, { ...run, nearest: NEAREST_ALONE })
  // Every verdict is in the record now. What is not was not tried.
  return collectVerdicts(mutants, run)
}

function isKnown(name: string, { survivors, record }: Run): boolean {
  return survivors.has(name) || record.find(name)?.verdict === 'noticed'
}

/** The numbers of mutants differ from one list of mutants to the next, so the notes of each have a folder. */
function placeNotes({ all, notes, scratch }: Run): string {
  const digest = createHash('sha256').update(all.map(nameMutant).join('\n')).digest('hex')
  return `${notes ?? join(scratch.folder, 'mutants-reach')}-${digest.slice(0, 8)}`
}

interface Outcome {
  unreached: readonly Numbered[]
  survived: readonly Numbered[]
}

async function runRounds(mutants: readonly Numbered[], run: Run): Promise<Outcome> {
  const { write } = run.scratch
  const files = Map.groupBy(run.all, ({ file }) => file)
  for (const [file, own] of files) write(file, instrument(run.read(file), own))
  try {
    const { reach, ...warm } = await tryWarm(mutants, run)
    const atLoad = mutants.filter((mutant) => !warm.noticed.has(mutant) && reach.isAtLoad(mutant.id))
    const fresh = await tryFresh(atLoad, { run, reach })
    const settled = new Set([...warm.noticed, ...fresh.noticed, ...warm.untried, ...fresh.untried])
    const open = mutants.filter((mutant) => !settled.has(mutant))
    const isReached = ({ id }: Numbered) => reach.isAtLoad(id) || reach.atRun(id).length > 0
    return {
      unreached: open.filter((mutant) => !isReached(mutant)),
      survived: open.filter((mutant) => isReached(mutant)),
    }
  } finally {
    for (const file of files.keys()) write(file, run.read(file))
  }
}

async function tryWarm(mutants: readonly Numbered[], run: Run) {
  const judge = await startJudge(run.scratch.folder, { setup: setupOf(run), bail: false })
  try {
    const notes = openNotes(placeNotes(run), run.scratch.folder)
    const reach = await measureReach(judge, { notes, scratch: run.scratch, tests: listJudges(mutants, run) })
    const listWays = (mutant: Numbered) => listReaching(mutant, reach, run)
    return { reach, ...(await tryInRounds(mutants, { ...run, ...rules(run), judge, listWays })) }
  } finally {
    await judge.close()
  }
}

/** Which of the test files loads a module first is chance, so the nearest are asked. */
async function tryFresh(mutants: readonly Numbered[], { run, reach }: { run: Run; reach: Reach }) {
  const judge = await startJudge(run.scratch.folder, { setup: setupOf(run), bail: false, isolate: true })
  const listWays = ({ file }: Numbered) =>
    run.chooseTests(file).flatMap((test) => {
      const way = reach.whole(test)
      return way ? [way] : []
    })
  try {
    return await tryInRounds(mutants, { ...run, ...rules(run), judge, listWays })
  } finally {
    await judge.close()
  }
}

function setupOf({ scratch }: Run): string {
  return join(scratch.folder, 'tooling/mutants/src/switch.ts')
}

function rules({ scratch }: Run) {
  const readTest = (file: string) => readFileSync(join(scratch.folder, file), 'utf8')
  const digests = new Map<string, string>()
  const digestOf = (file: string) => {
    const digest = digests.get(file) ?? createHash('sha256').update(readTest(file)).digest('hex').slice(0, 8)
    digests.set(file, digest)
    return digest
  }
  return { readTest, digestOf, nearest: NEAREST_OF_MANY }
}

/**
 * The test files that reach a mutant while they run. The fastest of the nearest come first. Behind them come those that
 * have noticed the most mutants of this guard for the time they take.
 */
function listReaching({ id, file }: Numbered, reach: Reach, { chooseTests, record }: Run): Way[] {
  const reaching = reach.atRun(id)
  const nearest = chooseTests(file)
    .filter((test) => reaching.some((way) => way.test === test))
    .slice(0, NEAREST_BY_NAME)
  const noticed = record.countNoticed(file)
  const worth = ({ test, milliseconds }: Way) =>
    (1 + (noticed.get(test) ?? 0)) / (START_MILLISECONDS + milliseconds)
  const near = reaching.filter(({ test }) => nearest.includes(test))
  const others = reaching.filter((way) => !near.includes(way))
  return [...near, ...others.sort((left, right) => worth(right) - worth(left))].slice(0, NEAREST_OF_MANY)
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

function collectVerdicts(mutants: readonly Mutant[], { survivors, record }: Run): Verdict[] {
  return mutants.map((mutant) => {
    const name = nameMutant(mutant)
    if (survivors.has(name)) return { name, line: mutant.line, verdict: 'accepted' }
    return record.find(name) ?? { name, line: mutant.line, verdict: 'untried' }
  })
}
