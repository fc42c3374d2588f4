import { afterAll, beforeEach, vi } from 'vitest'
import { describeOpenPages } from './open-pages.ts'

// A wait of a browser test says what did not come. What came in its place is told beside it.
beforeEach(({ onTestFailed }) => {
  onTestFailed(async ({ task }) => {
    for (const message of await describeOpenPages()) task.result?.errors?.push({ name: 'Page', message })
  })
})

// Test files share a process. What a file puts in place of globals, variables and clocks ends with it.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
