import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { findNeedyTests } from './tooling/needy-tests.ts'

const include = [
  'packages/*/src/**/*.test.ts',
  'packages/*/tests/**/*.test.ts',
  'apps/*/src/**/*.test.ts',
  'apps/*/tests/**/*.test.ts',
  'tooling/**/*.test.ts',
]

export default defineConfig({
  test: {
    include,
    exclude: [...configDefaults.exclude, ...findNeedyTests(include)],
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    // Many files wait for other processes more than they compute.
    maxWorkers: Math.max(4, availableParallelism()),
    // Many times what the slowest needs: on a starved machine a test is slow, and only a hung one fails.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
