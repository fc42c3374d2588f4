// Photographs every screen, page and mail: npm run shots -- [options].
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, readShots, writeIndex } from './index-page.ts'
import { type Options, passOn, readOptions, USAGE } from './options.ts'
import { SHOTS_FILE } from './photographer.ts'

const root = join(import.meta.dirname, '../../..')

async function takeShots(options: Options): Promise<number> {
  const { folder } = options
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, SHOTS_FILE), '')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const files = options.subjects.map((subject) => `tooling/shots/shots/${subject}.shots.ts`)
  const words = [vitest, 'run', '--config', 'tooling/shots/vitest.config.ts', '--root', root, ...files]
  const run = spawn(process.execPath, words, {
    stdio: 'inherit',
    env: { ...process.env, ...passOn(options) },
  })
  const [code] = (await once(run, 'exit')) as [number | null]
  const shots = await readShots(folder)
  await writeIndex(folder, shots)
  const faulty = shots.filter(({ faults }) => faults.length > 0)
  for (const shot of faulty) console.error(`${describe(shot)}: ${shot.faults.join('; ').slice(0, 400)}`)
  console.log(`${shots.length} pictures, ${faulty.length} of them with faults: ${join(folder, 'index.html')}`)
  return code === 0 && faulty.length === 0 ? 0 : 1
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === null) console.log(USAGE)
  else process.exitCode = await takeShots({ ...options, folder: resolve(options.folder) })
} catch (error) {
  console.error(`shots: ${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 1
}
