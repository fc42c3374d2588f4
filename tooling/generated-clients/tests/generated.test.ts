import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createReferenceText } from '../../../apps/server/src/doors/docs/openapi/reference.ts'
import { generateFetchClient, generateSchema } from '../src/generate.ts'

const here = join(import.meta.dirname, '..')
const committed = join(here, 'src/generated')
let fresh: string
beforeAll(async () => {
  fresh = await mkdtemp(join(tmpdir(), 'latchkey-generated-'))
})
afterAll(() => rm(fresh, { recursive: true, force: true }))

async function readAll(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const files = names.sort().map(async (name) => [name.slice(folder.length), await readFile(name, 'utf8')])
  return Object.fromEntries(await Promise.all(files))
}

describe('`npm run generate` makes no change to', () => {
  it('the committed document', async () => {
    const document = await readFile(join(here, '../../apps/server/openapi.json'), 'utf8')
    expect(document).toBe(createReferenceText())
  })

  it('the committed types and clients made from the document', async () => {
    const target = pathToFileURL(`${fresh}/`)
    await generateSchema(new URL('schema.ts', target))
    await generateFetchClient(new URL('hey-api/', target))
    expect(await readAll(fresh)).toEqual(await readAll(committed))
  })
})

it('the generated clients, and the claims about the types of the client, compile', async () => {
  // The compiler of the root is native. That of this package is there for the generators.
  const tsc = join(
    createRequire(join(here, '../../package.json')).resolve('typescript/package.json'),
    '../bin/tsc',
  )
  const run = promisify(execFile)(process.execPath, [tsc, '-p', here])
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
})
