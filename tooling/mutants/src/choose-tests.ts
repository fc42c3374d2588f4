import { globSync } from 'node:fs'
import { basename, matchesGlob } from 'node:path'
import { FIRST_JUDGES, JUDGES, NO_JUDGES } from './guards.ts'
import { type Importers, measureWays } from './import-graph.ts'

/** Lists the tests that judge a guard, the most telling first. */
export type TestChooser = (guard: string) => string[]

/** Makes the function that lists the tests of a guard: those that import the file, the nearest first. */
export function createTestChooser(root: string, importers: Importers): TestChooser {
  const judges = globSync([...JUDGES], { cwd: root, exclude: [...NO_JUDGES] }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  return (guard) => {
    const ways = measureWays(importers, guard)
    const first = FIRST_JUDGES.filter(({ guards }) => matchesGlob(guard, guards)).flatMap(
      ({ tests }) => tests,
    )
    const rank = (test: string) =>
      (first.includes(test) ? 1.5 : (ways.get(test) ?? 99)) - countCommonWords(guard, test)
    return judges
      .filter((test) => ways.has(test) || first.includes(test))
      .sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1))
  }
}

/** A test that shares words with the name of the guard is likely about it. */
function countCommonWords(guard: string, test: string): number {
  const words = new Set(basename(guard, '.ts').split('-'))
  return basename(test, '.test.ts')
    .split('-')
    .filter((word) => word.length > 2 && words.has(word)).length
}
