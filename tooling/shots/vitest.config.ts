import { defineConfig } from 'vitest/config'
import { useRunFolder } from '../run-folder.ts'

useRunFolder()

// Vitest runs the shots, because they use the servers and the database of the tests.
export default defineConfig({
  test: {
    include: ['tooling/shots/shots/*.shots.ts'],
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    reporters: ['dot'],
    maxWorkers: 2,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
})
