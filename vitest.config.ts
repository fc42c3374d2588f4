import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './tooling/longest-first.ts'
import { findNeedyTests } from './tooling/needy-tests.ts'
import { useRunFolder } from './tooling/run-folder.ts'

useRunFolder()

const include = [
  'packages/*/src/**/*.test.ts',
  'packages/*/tests/**/*.test.ts',
  'apps/*/src/**/*.test.ts',
  'apps/*/tests/**/*.test.ts',
  'bench/tests/**/*.test.ts',
  'tooling/**/*.test.ts',
]

export default defineConfig({
  test: {
    include,
    exclude: [...configDefaults.exclude, ...findNeedyTests(include)],
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    setupFiles: ['packages/testkit/src/leave-clean.ts'],
    // The modules hold no state, so the files of a worker share them. Loading them anew would be a third of all work.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Many test files wait for other processes for most of their time.
    maxWorkers: Math.max(4, availableParallelism()),
    // Many times the time of the slowest test. On a busy machine a test may be slow. Only a hung test fails.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // `expect.poll` gives up earlier, so that its error says what did not happen.
    expect: { poll: { timeout: 150_000 } },
  },
})
