import { stat } from 'node:fs/promises'
import type { SecretSource, SecretValues } from '@latchkey/core'
import { z } from 'zod'
import { readSecretFiles } from './secret-files.ts'
import { isExampleSecret, secretVariables } from './secrets.ts'

/** What is read again, as the start of the process has read it. */
interface Read {
  production: boolean
  secretKey: string | null
  secretKeyFallbacks: string[]
  secretKeyFile: string | null
  secretKeyFallbacksFile: string | null
}

const NAMES = {
  settings: ['SECRET_KEY', 'SECRET_KEY_FALLBACKS'],
  secrets: ['SECRET_KEY', 'SECRET_KEY_FALLBACKS'],
  lists: ['SECRET_KEY_FALLBACKS'],
}

/**
 * Makes the source of the secrets of a running process: the files of `SECRET_KEY_FILE` and `SECRET_KEY_FALLBACKS_FILE`,
 * read again whenever one of them was replaced. Null when both secrets come from the environment.
 */
export function createSecretSource(read: Read): SecretSource | null {
  const { secretKeyFile, secretKeyFallbacksFile } = read
  const files = [secretKeyFile, secretKeyFallbacksFile].filter((path) => path !== null)
  if (files.length === 0) return null
  let seen = ''
  return async () => {
    // Looked at before the files are read, so a change meanwhile is seen by the next look.
    const looks = (await Promise.all(files.map(describeFile))).join(' ')
    if (looks === seen) return null
    const values = readSecrets(read)
    // A file that could not be read is tried again: the reason may be one of this process.
    seen = looks
    return values
  }
}

async function describeFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found ? `${found.ino}/${found.size}/${found.mtimeMs}/${found.ctimeMs}` : 'missing'
}

/** @throws with a sentence for each mistake, without a value */
function readSecrets(read: Read): SecretValues {
  const variables = {
    SECRET_KEY_FILE: read.secretKeyFile,
    SECRET_KEY_FALLBACKS_FILE: read.secretKeyFallbacksFile,
  }
  const named = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null)
  const { values, mistakes } = readSecretFiles(Object.fromEntries(named), NAMES)
  if (mistakes.size > 0) throw new Error([...mistakes.values()].join('; '))
  const { data, error } = z.object(secretVariables).safeParse(values)
  if (!data) {
    throw new Error(error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '))
  }
  const secretKey = data.SECRET_KEY ?? read.secretKey
  if (secretKey === null) throw new Error('SECRET_KEY is not set')
  const secretKeyFallbacks = data.SECRET_KEY_FALLBACKS ?? read.secretKeyFallbacks
  if (read.production && [secretKey, ...secretKeyFallbacks].some(isExampleSecret)) {
    throw new Error('SECRET_KEY and SECRET_KEY_FALLBACKS must not hold an example value')
  }
  return { secretKey, secretKeyFallbacks }
}
