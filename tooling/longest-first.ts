import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first. Many are short texts, which Vitest would run late. */
const LONGEST = [
  'packages/client/tests/browser/ten-tabs.test.ts',
  'packages/core/tests/acts-of-strangers.test.ts',
  'apps/server/tests/document/exact.test.ts',
  'apps/web/tests/browser/loading.test.ts',
  'apps/server/tests/parity.test.ts',
  'packages/client/tests/browser/late-tabs.test.ts',
  'apps/web/tests/browser/steady.test.ts',
  'packages/client/tests/browser/tabs-together.test.ts',
  'packages/embedded-postgres/src/start-embedded-postgres.test.ts',
  'apps/web/tests/browser/settings.test.ts',
  'apps/server/tests/silent-database.test.ts',
  'packages/core/src/services/mail/delivery.test.ts',
  'apps/server/tests/hostile/garbage.test.ts',
  'apps/server/tests/hostile/sequences.test.ts',
  'packages/core/tests/session-model.test.ts',
  'packages/core/src/services/mail/killed-process.test.ts',
  'tooling/faults/tests/faults.test.ts',
  'tooling/faults/tests/rolling-restart.test.ts',
  'bench/tests/moving-in.test.ts',
]

/** Starts the longest test files first, so that none of them is left to run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((file) => moduleId.endsWith(file))
      return at < 0 ? LONGEST.length : at
    }
    return sorted.sort((left, right) => rank(left) - rank(right))
  }
}
