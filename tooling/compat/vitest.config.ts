import { configDefaults, defineConfig } from 'vitest/config'
import { findNeedyTests } from '../needy-tests.ts'
import { useRunFolder } from '../run-folder.ts'

useRunFolder()

const include = ['tooling/compat/tests/**/*.compat.ts']

// These tests install packages of other projects, so `npm test` leaves them out: `npm run compat` runs them.
export default defineConfig({
  test: {
    include,
    exclude: [...configDefaults.exclude, ...findNeedyTests(include)],
    globalSetup: ['packages/testkit/src/global-setup.ts', 'tooling/compat/src/pack-client.ts'],
    setupFiles: ['packages/testkit/src/leave-clean.ts'],
    // Each file installs packages, and starts servers of its own.
    maxWorkers: 2,
    // Many times the time of the slowest step. Only a hung test fails.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 150_000 } },
  },
})
