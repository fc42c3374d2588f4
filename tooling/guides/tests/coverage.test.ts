import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { listPages, readBlocks } from '../src/extract.ts'
import { RUN_BY } from '../src/runs.ts'

/** What is shown and not run: text, commands that need a person, and answers. */
const SHOWN_ONLY = ['', 'text', 'json', 'http']

it('every block of the guides is run by a test', async () => {
  const blocks = (await Promise.all((await listPages()).map(readBlocks))).flat()
  const runnable = blocks.filter(({ language }) => !SHOWN_ONLY.includes(language)).map(({ id }) => id)
  expect(runnable.length).toBeGreaterThan(0)
  expect(Object.values(RUN_BY).flat().sort()).toEqual(runnable.sort())
})

it.each(Object.keys(RUN_BY))('%s sees to it that it has run what it is said to run', async (testFile) => {
  const source = await readFile(new URL(testFile, import.meta.url), 'utf8')
  expect(source).toContain(`expectRun('${testFile}')`)
})
