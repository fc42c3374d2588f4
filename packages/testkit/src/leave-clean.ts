import { afterAll, vi } from 'vitest'

// Test files share a process. What a file puts in place of globals, variables and clocks ends with it.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
