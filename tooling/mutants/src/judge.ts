import { join } from 'node:path'
import { createVitest, type TestModule, type Vitest } from 'vitest/node'

/** A test that hangs because of a mutant has noticed it. */
const TEST_LIMIT_MS = 60_000

/** Runs test files in one process that stays warm, with its PostgreSQL. */
export interface Judge {
  /** Tells that a file has another text now. */
  forget(file: string): void
  /** Runs test files until one fails; null when all pass. */
  findFailure(tests: readonly string[]): Promise<Failure | null>
  close(): Promise<void>
}

/** A test that failed. */
export interface Failure {
  /** Relative to the root. */
  file: string
  test: string
}

/** Starts a judge over a scratch copy. The working directory must be the copy. */
export async function startJudge(folder: string): Promise<Judge> {
  const vitest = await createVitest('test', {
    root: folder,
    watch: false,
    bail: 1,
    reporters: [{}],
    testTimeout: TEST_LIMIT_MS,
    hookTimeout: TEST_LIMIT_MS,
    silent: true,
  })
  await vitest.standalone()
  const all = await vitest.globTestSpecifications()
  return {
    forget: (file) => vitest.invalidateFile(join(folder, file)),
    findFailure: async (tests) => {
      const wanted = new Set(tests.map((test) => join(folder, test)))
      const specifications = all.filter(({ moduleId }) => wanted.has(moduleId))
      const order = [...wanted]
      specifications.sort((left, right) => order.indexOf(left.moduleId) - order.indexOf(right.moduleId))
      return run(vitest, specifications, folder)
    },
    close: () => vitest.close(),
  }
}

async function run(
  vitest: Vitest,
  specifications: Parameters<Vitest['runTestSpecifications']>[0],
  folder: string,
): Promise<Failure | null> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  // A failed run sets the exit code of this process.
  process.exitCode = 0
  for (const module of testModules) {
    if (module.state() === 'failed')
      return { file: module.moduleId.slice(folder.length + 1), test: nameFailure(module) }
  }
  return unhandledErrors.length > 0 ? { file: '', test: 'an error outside of all tests' } : null
}

function nameFailure(module: TestModule): string {
  for (const test of module.children.allTests('failed')) return test.fullName
  return 'the file'
}
