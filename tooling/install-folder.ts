import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from './compat/src/run-program.ts'

/** No package that a folder of its own brings needs its install script. */
export const NPM_FLAGS = [
  '--ignore-scripts',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  // A connection that the registry leaves open is given up after 20 seconds. The default is five minutes.
  '--fetch-timeout=20000',
  '--fetch-retries=5',
]

/**
 * Installs the packages of a folder outside of the workspace where they are, when its lockfile has changed since the last
 * time.
 *
 * One process uses one of these folders, so no two installs of a folder run at once.
 *
 * @param announce - is called before an install
 */
export async function installFolder(folder: string, announce: () => void = () => {}): Promise<void> {
  const stamp = join(folder, 'node_modules/.latchkey')
  const lock = await readFile(join(folder, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return
  announce()
  await runProgram('npm', ['ci', ...NPM_FLAGS], { cwd: folder })
  await writeFile(stamp, wanted)
}
