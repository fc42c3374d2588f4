import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findProcess, isRunning } from './processes.ts'

let counter = 0

/** Notes this use of the database, so that no other process stops it. Removing the returned file ends the use. */
export async function addUser(usersDir: string): Promise<string> {
  await mkdir(usersDir, { recursive: true, mode: 0o700 })
  const file = join(usersDir, `${process.pid}.${++counter}`)
  await writeFile(file, findProcess(process.pid) ?? '', { mode: 0o600 })
  return file
}

/** Answers whether any living process uses the database, and removes the files of killed ones. */
export async function isUsed(usersDir: string): Promise<boolean> {
  let used = false
  for (const name of await readdir(usersDir).catch(() => [])) {
    const file = join(usersDir, name)
    if (isRunning(await readFile(file, 'utf8'))) used = true
    else await rm(file, { force: true })
  }
  return used
}
