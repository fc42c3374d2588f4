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
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
