import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first. */
const LONGEST = [
  'packages/client/tests/browser/ten-tabs.test.ts',
  'packages/client/tests/browser/tabs-together.test.ts',
  'packages/embedded-postgres/src/start-embedded-postgres.test.ts',
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
