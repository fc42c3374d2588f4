import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { listImportNames, listPeers } from '../src/client-package.ts'
import { type Installed, installFresh } from '../src/install.ts'
import { installRuntimes } from '../src/install-runtimes.ts'

const runtimes = await installRuntimes('types')
const modules = join(runtimes, 'node_modules')
const versions = readdirSync(modules)
  .filter((name) => name.startsWith('typescript-'))
  .map((name) => name.replace('typescript-', ''))
let installed: Installed

/** A program that uses every entry. An entry without types would be `any`, which is assignable to a number. */
const PROGRAM = listImportNames()
  .map((name, index) => {
    const entry = `entry${index}`
    return `import * as ${entry} from '${name}'\n// @ts-expect-error\nexport const number${index}: number = ${entry}\n`
  })
  .join('')

const RESOLUTIONS: Record<string, { options: Record<string, string>; files: string[] }> = {
  node10: { options: { module: 'commonjs', moduleResolution: 'node10' }, files: ['program.ts'] },
  node16: { options: { module: 'node16' }, files: ['program.mts', 'program.cts'] },
  bundler: { options: { module: 'esnext', moduleResolution: 'bundler' }, files: ['program.ts'] },
}

beforeAll(async () => {
  installed = await installFresh(listPeers())
  for (const file of ['program.ts', 'program.mts', 'program.cts'])
    await writeFile(join(installed.folder, file), PROGRAM)
})

afterAll(() => installed?.remove())

/** Lists what a TypeScript says against the program and our declarations. Those of other packages are theirs. */
async function listErrors(version: string, resolution: string): Promise<string[]> {
  const { options, files } = RESOLUTIONS[resolution] ?? {}
  const compilerOptions = {
    ...options,
    // TypeScript 6 warns of node10 once more, before it goes.
    ...(version === '6.0' && resolution === 'node10' && { ignoreDeprecations: '6.0' }),
    lib: ['es2022', 'dom', 'dom.iterable', ...(version === '5.0' ? [] : ['esnext.disposable'])],
    target: 'es2022',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
  }
  const project = join(installed.folder, `tsconfig.${version}-${resolution}.json`)
  await writeFile(project, JSON.stringify({ compilerOptions, files }))
  const tsc = [join(modules, `typescript-${version}`, 'bin/tsc'), '-p', project]
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, tsc, { cwd: installed.folder }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
  return output.split('\n').filter((line) => line && !/^(?:node_modules\/(?!@latchkey)|\s)/.test(line))
}

describe.each(versions)('TypeScript %s', (version) => {
  // Version 7 has no node10 any more.
  const resolutions = Object.keys(RESOLUTIONS).filter((name) => name !== 'node10' || Number(version) < 7)

  test.each(resolutions)('finds the types of every entry by the resolution %s', async (resolution) => {
    expect(await listErrors(version, resolution)).toEqual([])
  })
})

test('has no finding of attw, also not for tools that know no exports', async () => {
  const path = pathToFileURL(join(modules, '@arethetypeswrong/core/dist/index.js')).href
  const { checkPackage, createPackageFromTarballData } = await import(path)
  const analysis = await checkPackage(createPackageFromTarballData(await readFile(inject('tarball'))))
  expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['.', './react']))
  expect(analysis.problems).toEqual([])
})
