import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleServer } from '../../../apps/server/tests/server-bundle.ts'

/** What every run of a test needs. It takes a machine with nginx and Redis. */
export interface PreparedRun {
  /** The build of the server that all tests share. */
  program: string
  /** A folder for the logs. */
  folder: string
  remove(): Promise<void>
}

/** Builds the server, and makes a folder. */
export async function prepareFaultRun(): Promise<PreparedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-faults-test-'))
  const { main: program } = await bundleServer()
  return { program, folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
