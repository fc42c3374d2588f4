import { globSync } from 'node:fs'
import { join } from 'node:path'
import { makeOnce } from '@latchkey/testkit'
import { buildPortal } from '../../../apps/web/tests/support/build-portal.ts'
import { runProgram } from './run-program.ts'

const server = join(import.meta.dirname, '../../../apps/server')

/**
 * Packs the server with its portal as it is published, once for all test files of a run.
 *
 * @returns the path of the tarball
 */
export async function packServer(): Promise<string> {
  const folder = await makeOnce('packed-server', async (made) => {
    await runProgram(process.execPath, ['packaging/pack.ts', made, await buildPortal()], { cwd: server })
  })
  const [tarball] = globSync(join(folder, 'latchkey-*.tgz'))
  if (tarball === undefined) throw new Error(`${folder} has no tarball.`)
  return tarball
}
