import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Config } from '../config/index.ts'
import { splitWords } from '../config/readers.ts'
import { replaceFile } from './replace-file.ts'

/** The two files that every server of a deployment reads. */
export interface SecretFiles {
  secretKey: string
  fallbacks: string
}

/**
 * @throws when a secret comes from elsewhere, so that no command can replace it; or when both settings lead to one file,
 *   which would lose the secret with the list
 */
export function requireSecretFiles(config: Config): SecretFiles {
  const { secretKeyFile: secretKey, secretKeyFallbacksFile: fallbacks } = config
  if (secretKey !== null && fallbacks !== null) {
    if (describePlace(secretKey) === describePlace(fallbacks)) {
      throw new Error('SECRET_KEY_FILE and SECRET_KEY_FALLBACKS_FILE name the same file; give each its own.')
    }
    return { secretKey, fallbacks }
  }
  const missing = secretKey === null ? 'SECRET_KEY_FILE' : 'SECRET_KEY_FALLBACKS_FILE'
  throw new Error(
    `${missing} is not set. A running server follows secrets that come from files; the file of the fallbacks may be empty. For secrets in the environment follow the steps by hand (the page Operations, A new SECRET_KEY).`,
  )
}

const UNTIL_SIGNED = 'until every server signs with the new secret'

/** Waits until every server has read the files again. */
type Wait = (reason: string) => Promise<void>

/**
 * Replaces the secret in three moves, between which every server reads the files: the new secret is accepted, then it
 * signs, then it leaves the list of the accepted ones, where the former one stays.
 *
 * At every moment each server accepts what any other signs with. After a rotation that was killed before its new secret
 * signed, another one is made: a list that an operator wrote may begin with a former secret, and that one never signs
 * again.
 *
 * @returns false when the secret of the last rotation signs already, and only the last move was left to do
 * @throws when another rotation changes the files meanwhile
 */
export async function rotateFiles(files: SecretFiles, wait: Wait): Promise<boolean> {
  const present = await readText(files.secretKey)
  const listed = splitWords(await readText(files.fallbacks))
  if (/[\s,]/.test(present)) {
    throw new Error('SECRET_KEY holds a comma or a blank, so it cannot stand in the list of the fallbacks.')
  }
  if (listed[0] === present) {
    // The process may have been killed before the wait was over.
    await wait(UNTIL_SIGNED)
    await finish(files, present)
    return false
  }
  const fresh = randomBytes(48).toString('base64url')
  const accepted = [fresh, present, ...listed.filter((secret) => secret !== present)]
  await replaceFile(files.fallbacks, toText(accepted))
  await wait('until every server accepts the new secret')
  const isOurs = toText(splitWords(await readText(files.fallbacks))) === toText(accepted)
  const isUntouched = (await readText(files.secretKey)) === present
  if (!isOurs || !isUntouched) throw new Error('Another rotation has changed the files. Run this again.')
  await replaceFile(files.secretKey, toText([fresh]))
  await wait(UNTIL_SIGNED)
  await finish(files, fresh)
  return true
}

/** The same for every path of a file, also through links. */
function describePlace(path: string): string {
  const { dev, ino } = statSync(path)
  return `${dev}/${ino}`
}

/** Takes the present secret out of the list, where it is of no use. */
async function finish({ fallbacks }: SecretFiles, present: string): Promise<void> {
  const listed = splitWords(await readText(fallbacks))
  await replaceFile(fallbacks, toText(listed.filter((secret) => secret !== present)))
}

async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).trim()
}

function toText(secrets: string[]): string {
  return secrets.map((secret) => `${secret}\n`).join('')
}
