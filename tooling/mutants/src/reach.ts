import type { Judge } from './judge.ts'
import type { Notes } from './notes.ts'
import { writePlan } from './plan.ts'
import type { Scratch } from './scratch.ts'

/** So many test files are measured before the next line is printed. */
const BATCH = 30

/** A test file that reaches a mutant. */
export interface Way {
  test: string
  /** Its tests behind these do not reach the mutant. */
  tests: number
  /** How long these tests take. */
  milliseconds: number
}

/** Which test files reach a mutant. */
export interface Reach {
  /** The test files that reach it while their tests run, the fastest first. */
  atRun(id: number): Way[]
  /** Answers whether it is reached while a file is loaded, which happens once in a process. */
  isAtLoad(id: number): boolean
  /** All of a test file; null when it judges nothing. */
  whole(test: string): Way | null
}

/** Runs the tests once without a mutant, and notes what each of them reaches. A test file that fails judges nothing. */
export async function measureReach(
  judge: Judge,
  { notes, scratch, tests }: { notes: Notes; scratch: Scratch; tests: readonly string[] },
): Promise<Reach> {
  writePlan(scratch, { notes: notes.folder, copies: {} })
  const open = tests.filter((test) => !notes.find(test))
  for (let at = 0; at < open.length; at += BATCH) {
    console.log(`mutants: measures the reach of ${open.length} test files, ${at} are done`)
    for (const { file, test, message } of await judge.listFailures(open.slice(at, at + BATCH))) {
      notes.forget(file)
      console.warn(`mutants: fails without a mutant, and judges none: ${file}: ${test}: ${message}`)
    }
  }
  return readReach(notes, tests)
}

function readReach(notes: Notes, tests: readonly string[]): Reach {
  const ways = new Map<number, Way[]>()
  const atLoad = new Set<number>()
  const wholes = new Map<string, Way>()
  for (const test of tests) {
    const note = notes.find(test)
    if (!note) continue
    const toTest = (last: number): Way => {
      const milliseconds = note.ends[Math.min(last, note.ends.length) - 1] ?? 0
      return { test, tests: last, milliseconds }
    }
    wholes.set(test, toTest(note.ends.length))
    for (const id of note.atLoad) atLoad.add(id)
    for (const [id, last] of note.atRun) ways.set(id, [...(ways.get(id) ?? []), toTest(last)])
  }
  return {
    atRun: (id) => (ways.get(id) ?? []).toSorted((left, right) => left.milliseconds - right.milliseconds),
    isAtLoad: (id) => atLoad.has(id),
    whole: (test) => wholes.get(test) ?? null,
  }
}
