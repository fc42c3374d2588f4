import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { listPages, readBlocks } from '../src/extract.ts'
import { RUN_BY } from '../src/runs.ts'

/** The languages of blocks that are shown and not run: text, commands that need a person, and answers. */
const SHOWN_ONLY = ['', 'text', 'json', 'http']

it('a test runs every block of the guides', async () => {
  const blocks = (await Promise.all((await listPages()).map(readBlocks))).flat()
  const runnable = blocks.filter(({ language }) => !SHOWN_ONLY.includes(language)).map(({ id }) => id)
  expect(runnable.length).toBeGreaterThan(0)
  expect(Object.values(RUN_BY).flat().sort()).toEqual(runnable.sort())
})

it.each(Object.keys(RUN_BY))('%s checks that it has run its blocks', async (testFile) => {
  const source = await readFile(new URL(testFile, import.meta.url), 'utf8')
  expect(source).toContain(`expectRun('${testFile}')`)
})
