import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'

// A setup file of the tests in the scratch copy. It turns on the mutant that the name of the test file has, and notes
// which mutants the test file reaches.
const holder = globalThis as {
  latchkeyMutants?: (id: number) => boolean
  __vitest_worker__?: { filepath?: string }
}
const file = holder.__vitest_worker__?.filepath ?? ''
const active = Number(/\.mutant-(\d+)\.test\.ts$/.exec(file)?.[1] ?? -1)
const started = performance.now()
const atLoad = new Set<number>()
const atRun = new Set<number>()
let seen = atLoad

holder.latchkeyMutants = (id) => {
  seen.add(id)
  return id === active
}

let hasFailed = false
beforeAll(() => {
  seen = atRun
})
beforeEach(({ onTestFailed, skip }) => {
  // One failure is enough.
  if (hasFailed && active >= 0) skip()
  onTestFailed(() => {
    hasFailed = true
  })
})
afterAll(() => {
  const folder = process.env.LATCHKEY_MUTANTS_REACH
  if (!folder || active >= 0) return
  const milliseconds = Math.round(performance.now() - started)
  const reach = { file, milliseconds, atLoad: [...atLoad], atRun: [...atRun] }
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(reach))
})
