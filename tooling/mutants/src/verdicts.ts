import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** What became of a mutant. */
export interface Verdict {
  /** As `nameMutant` names it. */
  name: string
  line: number
  /** `accepted`: it survives, and survivors.json says why. `untried`: the time was over. */
  verdict: 'noticed' | 'survived' | 'accepted' | 'untried'
  /** The test that failed. */
  by?: string
}

/** A mutant that may survive. */
export interface Survivor {
  name: string
  /** Why no test can or need notice it. */
  reason: string
}

/** Reads the list of mutants that may survive. */
export function readSurvivors(path: string): Map<string, string> {
  const survivors = JSON.parse(readFileSync(path, 'utf8')) as Survivor[]
  return new Map(survivors.map(({ name, reason }) => [name, reason]))
}

/** A test file that passed with a mutant, at the text that has the digest. */
interface Pass {
  name: string
  passed: string
  digest: string
}

/** A test file and the digest of its text. Whether it notices a mutant is tried again after a change of the text. */
export interface Judged {
  test: string
  digest: string
}

/** What former runs found out, in a file of one JSON object per line. A run that was cut off goes on there. */
export interface Record {
  find(name: string): Verdict | undefined
  add(verdict: Verdict): void
  /** Answers whether a test file has passed with the mutant of a name. */
  hasPassed(name: string, judged: Judged): boolean
  addPass(name: string, judged: Judged): void
  /** Counts the mutants of a guard that each test file has noticed. */
  countNoticed(guard: string): ReadonlyMap<string, number>
}

/** Opens the file of verdicts; without a path nothing outlives the run. */
export function openRecord(path: string | undefined): Record {
  const known = new Map<string, Verdict>()
  const passes = new Set<string>()
  const note = (entry: Verdict | Pass) => {
    if ('passed' in entry) passes.add(`${entry.name} ${entry.passed} ${entry.digest}`)
    else known.set(entry.name, entry)
  }
  if (path && existsSync(path))
    for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) note(JSON.parse(line))
  const add = (entry: Verdict | Pass) => {
    note(entry)
    if (path) appendFileSync(path, `${JSON.stringify(entry)}\n`)
  }
  return {
    find: (name) => known.get(name),
    add,
    hasPassed: (name, { test, digest }) => passes.has(`${name} ${test} ${digest}`),
    addPass: (name, { test, digest }) => add({ name, passed: test, digest }),
    countNoticed: (guard) => {
      const counts = new Map<string, number>()
      for (const { name, by } of known.values()) {
        const test = by && name.startsWith(`${guard} `) ? by.slice(0, by.indexOf(': ')) : ''
        if (test) counts.set(test, (counts.get(test) ?? 0) + 1)
      }
      return counts
    },
  }
}

/** Counts the verdicts, and the share that was noticed among the mutants that were tried and are not accepted. */
export function countVerdicts(verdicts: readonly Verdict[]) {
  const count = (wanted: Verdict['verdict']) => verdicts.filter(({ verdict }) => verdict === wanted).length
  const [noticed, survived] = [count('noticed'), count('survived')]
  const judged = noticed + survived
  const percent = judged === 0 ? 100 : Math.floor((noticed / judged) * 1000) / 10
  return { noticed, survived, accepted: count('accepted'), untried: count('untried'), percent }
}
