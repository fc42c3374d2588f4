import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Judge } from './judge.ts'

/** Which test files reach a mutant. */
export interface Reach {
  /** The test files that reach it while their tests run, the fastest first. */
  atRun(id: number): string[]
  /** Answers whether it is reached while a file is loaded, which happens once in a process. */
  isAtLoad(id: number): boolean
}

interface Note {
  file: string
  milliseconds: number
  atLoad: number[]
  atRun: number[]
}

/** Runs the tests once without a mutant, and notes what each of them reaches. A test file that fails judges nothing. */
export async function measureReach(judge: Judge, folder: string, tests: readonly string[]): Promise<Reach> {
  const notes = mkdtempSync(join(tmpdir(), 'latchkey-reach-'))
  process.env.LATCHKEY_MUTANTS_REACH = notes
  try {
    const failures = await judge.listFailures(tests)
    for (const { file, test } of failures)
      console.warn(`mutants: fails without a mutant, and judges none: ${file}: ${test}`)
    const failed = new Set(failures.map(({ file }) => file))
    const found = readdirSync(notes).map(
      (name) => JSON.parse(readFileSync(join(notes, name), 'utf8')) as Note,
    )
    return createReach(
      found
        .map((note) => ({ ...note, file: relative(folder, note.file) }))
        .filter(({ file }) => !failed.has(file)),
    )
  } finally {
    delete process.env.LATCHKEY_MUTANTS_REACH
    rmSync(notes, { recursive: true })
  }
}

function createReach(notes: readonly Note[]): Reach {
  const byTime = [...notes].sort((left, right) => left.milliseconds - right.milliseconds)
  const atRun = byTime.map(({ file, atRun: ids }) => ({ file, ids: new Set(ids) }))
  const atLoad = new Set(notes.flatMap((note) => note.atLoad))
  return {
    atRun: (id) => atRun.filter(({ ids }) => ids.has(id)).map(({ file }) => file),
    isAtLoad: (id) => atLoad.has(id),
  }
}
