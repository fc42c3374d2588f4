import { randomBytes, randomUUID } from 'node:crypto'
import { link, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import { isLongEnough } from './secrets.ts'

/** The development secret cannot be used. The message names its file. */
export class DevelopmentSecretError extends Error {
  override readonly name = 'DevelopmentSecretError'
}

/**
 * Gets the secret key of a development server. The first start makes it and stores it in the data folder.
 *
 * The file appears complete or not at all. It is written under another name and then linked to its own name. The link
 * fails when another process was first. Both processes then read the same key.
 *
 * @throws {DevelopmentSecretError} when the file exists and is empty or too short
 */
export async function getDevelopmentSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret-key')
  const secret = (await findSecret(path)) ?? (await createSecret(dataDir, path))
  if (isLongEnough(secret)) return secret
  throw new DevelopmentSecretError(
    `The secret key in ${path} is ${secret === '' ? 'empty' : 'too short'}; restore the file, or delete it together with the database of that folder.`,
  )
}

async function createSecret(dataDir: string, path: string): Promise<string> {
  await makeFolder(dataDir)
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
  return (await readFile(path, 'utf8')).trim()
}

async function findSecret(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
