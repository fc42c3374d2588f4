import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { waitUntil } from './smtp-sink.ts'

const MADE = '.made'
const FAILED = '.failed'

/**
 * Makes a folder that all test files of a run share, such as a build. The first caller makes it, and the others wait.
 *
 * @param name - the name of the folder
 * @param make - fills the folder
 * @returns the path of the folder, which no test may change
 */
export async function makeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('sharedFolder'), name)
  const has = (file: string) => access(`${folder}${file}`).then(...IS_THERE)
  if (await isFirst(`${folder}.begun`)) {
    await make(folder).catch(async (error: unknown) => {
      await writeFile(`${folder}${FAILED}`, '')
      throw error
    })
    await writeFile(`${folder}${MADE}`, '')
  }
  await waitUntil(async () => (await has(MADE)) || (await has(FAILED)), `another test file to make ${name}`)
  if (await has(FAILED)) throw new Error(`Another test file could not make ${name}.`)
  return folder
}

const IS_THERE = [() => true, () => false] as const

function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(...IS_THERE)
}
