import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { readBlocks } from '../src/extract.ts'
import { expectRun, noteRun } from '../src/runs.ts'

const EXAMPLE = new URL('../../../examples/nextjs/', import.meta.url)

// `npm run compat` builds the example and drives it in a browser.
it('the code of the Next.js page is that of the example', async () => {
  const blocks = (await readBlocks('nextjs')).filter(({ file }) => file !== null)
  for (const { id, file, code } of blocks) {
    expect(code, id).toBe(await readFile(new URL(file ?? '', EXAMPLE), 'utf8'))
    noteRun(id)
  }
})

it('every block for this test was run', () => expectRun('nextjs.test.ts'))
