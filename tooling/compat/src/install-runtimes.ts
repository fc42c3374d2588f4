import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NPM_FLAGS } from './install.ts'
import { runProgram } from './run-program.ts'

const runtimes = join(import.meta.dirname, '../runtimes')

/**
 * Installs the packages of `runtimes/<name>` where they are, when their lockfile has changed since the last time.
 *
 * One test file uses one of these folders, so no two installs of a folder run at once.
 *
 * @returns the folder
 */
export async function installRuntimes(name: string): Promise<string> {
  const folder = join(runtimes, name)
  const stamp = join(folder, 'node_modules/.latchkey')
  const lock = await readFile(join(folder, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return folder
  await runProgram('npm', ['ci', ...NPM_FLAGS], { cwd: folder })
  await writeFile(stamp, wanted)
  return folder
}
