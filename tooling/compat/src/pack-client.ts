import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { runProgram } from './run-program.ts'

const client = join(import.meta.dirname, '../../../packages/client')

/**
 * Builds the client and packs it once for all tests, as it is published.
 *
 * @returns a function that removes the tarball
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-packed-'))
  await runProgram(process.execPath, ['build.ts'], { cwd: client })
  const output = await runProgram('pnpm', ['pack', '--json', '--pack-destination', folder], { cwd: client })
  project.provide('tarball', JSON.parse(output).filename)
  return () => rm(folder, { recursive: true, force: true })
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of the packed client. */
    tarball: string
  }
}
