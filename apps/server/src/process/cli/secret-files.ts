import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Config } from '../config/index.ts'
import { splitWords } from '../config/readers.ts'
import { replaceFile } from './replace-file.ts'

/** The two files that every server of a deployment reads. */
export interface SecretFiles {
  secretKey: string
  fallbacks: string
}

/** @throws when a secret comes from elsewhere, so that no command can replace it */
export function requireSecretFiles(config: Config): SecretFiles {
  const { secretKeyFile: secretKey, secretKeyFallbacksFile: fallbacks } = config
  if (secretKey !== null && fallbacks !== null) return { secretKey, fallbacks }
  const missing = secretKey === null ? 'SECRET_KEY_FILE' : 'SECRET_KEY_FALLBACKS_FILE'
  throw new Error(
    `${missing} is not set. A running server follows secrets that come from files; the file of the fallbacks may be empty. For secrets in the environment follow the steps by hand (the page Operations, A new SECRET_KEY).`,
  )
}

/** Waits until every server has read the files again. */
type Wait = (reason: string) => Promise<void>

/**
 * Replaces the secret in three moves, between which every server reads the files: the new secret is accepted, then it
 * signs, then it leaves the list of the accepted ones, where the former one stays.
 *
 * At every moment each server accepts what any other signs with. A rotation that was killed goes on with the same new
 * secret: the list begins with it, and holds the present secret too.
 *
 * @returns false when only the last move was left to do, of a rotation that was killed
 * @throws when another rotation changes the files meanwhile
 */
export async function rotateFiles(files: SecretFiles, wait: Wait): Promise<boolean> {
  const present = await readText(files.secretKey)
  const listed = splitWords(await readText(files.fallbacks))
  const [first] = listed
  if (/[\s,]/.test(present)) {
    throw new Error('SECRET_KEY holds a comma or a blank, so it cannot stand in the list of the fallbacks.')
  }
  if (first === present) {
    await finish(files, present)
    return false
  }
  const isGoingOn = first !== undefined && listed.includes(present)
  const fresh = isGoingOn ? first : randomBytes(48).toString('base64url')
  const others = listed.filter((secret) => secret !== present && secret !== fresh)
  const accepted = [fresh, present, ...others]
  await replaceFile(files.fallbacks, toText(accepted))
  await wait('until every server accepts the new secret')
  const isOurs = toText(splitWords(await readText(files.fallbacks))) === toText(accepted)
  const isUntouched = (await readText(files.secretKey)) === present
  if (!isOurs || !isUntouched) throw new Error('Another rotation has changed the files. Run this again.')
  await replaceFile(files.secretKey, toText([fresh]))
  await wait('until every server signs with the new secret')
  await finish(files, fresh)
  return true
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
