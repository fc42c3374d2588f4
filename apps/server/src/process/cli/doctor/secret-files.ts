import { statSync } from 'node:fs'
import { type Check, type Finding, good, look } from './check.ts'

/** The rights of all other users, and the right of the group to write. */
const TOO_OPEN = 0o027

/** Tells which secrets come from a file, and who may read that file. */
export const SECRET_FILES: Check = {
  name: 'secret files',
  examine: ({ secretFiles }) => {
    const files = secretFiles()
    return files.length > 0 ? files.map(describe) : [good('no secret comes from a file')]
  },
}

function describe({ variable, path }: { variable: string; path: string }): Finding {
  const mode = statSync(path).mode & 0o777
  const told = `${variable} names ${path}, mode ${mode.toString(8)}`
  if ((mode & TOO_OPEN) === 0) return good(told)
  return look(`${told}: other users of the machine may read or change it; chmod 400 ${path}`)
}
