import { join } from 'node:path'
import { createVitest, type TestModule, type Vitest } from 'vitest/node'

const LEAVE_CLEAN = 'packages/testkit/src/leave-clean.ts'

/** Runs test files in one process that stays warm, with its PostgreSQL. */
export interface Judge {
  /** Tells that a file has another text now. */
  forget(file: string): void
  /** Runs test files until one fails; null when all pass. */
  findFailure(tests: readonly string[]): Promise<Failure | null>
  /** Runs all of these test files in a few processes, and lists the first failure of each file. */
  listFailures(tests: readonly string[]): Promise<Failure[]>
  close(): Promise<void>
}

/** A test that failed. */
export interface Failure {
  /** Relative to the root. */
  file: string
  test: string
  /** What the test printed. */
  message?: string
}

/** How a judge runs its tests. */
interface JudgeOptions {
  /** A further setup file of the tests. */
  setup?: string
  /** True: a run ends with its first failure. */
  bail?: boolean
  /** True: each test file loads the modules in a process of its own. */
  isolate?: boolean
}

/** Starts a judge over a scratch copy. The working directory must be the copy. */
export async function startJudge(folder: string, options: JudgeOptions = {}): Promise<Judge> {
  const vitest = await createVitest('test', {
    root: folder,
    watch: false,
    bail: options.bail === false ? 0 : 1,
    reporters: [{}],
    silent: true,
    ...(options.isolate && { isolate: true }),
    ...(options.setup && { setupFiles: [join(folder, LEAVE_CLEAN), options.setup] }),
  })
  await vitest.standalone()
  const run = (tests: readonly string[]) => runFiles(vitest, folder, tests)
  return {
    forget: (file) => vitest.invalidateFile(join(folder, file)),
    findFailure: async (tests) => (await run(tests))[0] ?? null,
    listFailures: run,
    close: () => vitest.close(),
  }
}

async function runFiles(vitest: Vitest, folder: string, tests: readonly string[]): Promise<Failure[]> {
  const project = vitest.getRootProject()
  const specifications = tests.map((test) => project.createSpecification(join(folder, test)))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  // A failed run sets the exit code of this process.
  process.exitCode = 0
  // Vitest also lists the files of the runs before this one, with what became of them there.
  const ran = new Set(specifications.map(({ moduleId }) => moduleId))
  const failures = testModules
    .filter((module) => ran.has(module.moduleId) && hasFailed(module))
    .map((module) => ({ file: module.moduleId.slice(folder.length + 1), ...describeFailure(module) }))
  const isUnclear = failures.length === 0 && unhandledErrors.length > 0
  return isUnclear ? [{ file: '', test: 'an error outside of all tests' }] : failures
}

/** A file whose process ended is still waiting for its turn. */
function hasFailed(module: TestModule): boolean {
  return ['failed', 'pending', 'queued'].includes(module.state())
}

function describeFailure(module: TestModule): { test: string; message?: string } {
  for (const test of module.children.allTests('failed'))
    return { test: test.fullName, message: test.result().errors?.[0]?.message }
  const errors = [...module.children.allSuites()].flatMap((suite) => suite.errors())
  return { test: 'the file', message: [...module.errors(), ...errors][0]?.message }
}
