import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { type Note, nameNote } from './notes.ts'
import { type Attempt, PLAN, type Plan } from './plan.ts'
import { turnOn } from './turn-on.ts'

// A setup file of the tests in the scratch copy. For a copy of a test file it turns on the mutant that the plan names.
// For a test file itself it notes which mutants each test reaches.
const holder = globalThis as {
  latchkeyMutants?: (id: number) => boolean
  __vitest_worker__?: { filepath?: string }
}
const file = holder.__vitest_worker__?.filepath ?? ''
const { notes, copies } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../..', PLAN), 'utf8'),
) as Plan
const attempt = copies[file]
/** So many times the limit of a test is the limit of its file. */
const LIMITS_OF_A_FILE = 2
const started = performance.now()

if (attempt) tryMutant(attempt)
else if (notes !== null) noteReach(notes)
else throw new Error(`The plan does not say what ${file} tries.`)

function tryMutant({ id, tests, limitMilliseconds }: Attempt): void {
  vi.setConfig({ testTimeout: limitMilliseconds, hookTimeout: limitMilliseconds })
  holder.latchkeyMutants = turnOn(id, limitMilliseconds)
  // A file that waits while it is loaded or closed has no limit of its own. Its process ends, and the file has failed.
  const watchdog = setTimeout(
    () => process.kill(process.pid, 'SIGKILL'),
    limitMilliseconds * LIMITS_OF_A_FILE,
  ).unref()
  // The hooks of the file itself run before this one.
  afterAll(() => clearTimeout(watchdog))
  let begun = 0
  let hasFailed = false
  beforeEach(({ onTestFailed, skip }) => {
    begun += 1
    // One failure is enough, and the tests behind the last one that reaches the mutant cannot notice it.
    if (hasFailed || begun > tests) skip()
    onTestFailed(() => {
      hasFailed = true
    })
  })
}

function noteReach(folder: string): void {
  const atLoad = new Set<number>()
  const atRun = new Map<number, number>()
  const ends: number[] = []
  let isLoading = true
  let begun = 0
  holder.latchkeyMutants = (id) => {
    if (isLoading) atLoad.add(id)
    // What is reached before the first test may show in any test.
    else if (begun === 0) atRun.set(id, Number.MAX_SAFE_INTEGER)
    else if ((atRun.get(id) ?? 0) < begun) atRun.set(id, begun)
    return false
  }
  const elapsed = () => Math.round(performance.now() - started)
  beforeAll(() => {
    isLoading = false
  })
  beforeEach(() => {
    if (begun > 0) ends.push(elapsed())
    begun += 1
  })
  afterAll(() => {
    ends.push(elapsed())
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
    const note: Note = { digest, ends, atLoad: [...atLoad], atRun: [...atRun] }
    writeFileSync(join(folder, nameNote(file)), JSON.stringify(note))
  })
}
