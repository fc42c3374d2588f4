import { join } from 'node:path'
import type { Scratch } from './scratch.ts'

/** What the setup file `switch.ts` does in a run of tests. */
export interface Plan {
  /** The folder for the notes of what each test reaches; null when mutants are tried. */
  notes: string | null
  /** For each copy of a test file, the mutant that it tries. */
  copies: { [copy: string]: Attempt | undefined }
}

/** A mutant that a copy of a test file tries. */
export interface Attempt {
  id: number
  /** The tests behind these do not reach the mutant. */
  tests: number
  /** A test that takes longer hangs. */
  limitMilliseconds: number
}

/** The name of the plan in the folder of the scratch copy. */
export const PLAN = 'mutants-plan.json'

/** Writes the plan of the next run. */
export function writePlan({ folder, write }: Scratch, { notes, copies }: Plan): void {
  const entries = Object.entries(copies).map(([copy, attempt]) => [join(folder, copy), attempt])
  write(PLAN, JSON.stringify({ notes, copies: Object.fromEntries(entries) } satisfies Plan))
}
