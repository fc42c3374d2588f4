import { type ReadHash, TOO_COSTLY, UNREADABLE } from './foreign-hash.ts'

const COST = { least: 4, most: 15 }
const MEMORY_KIB = 5
const TEXT = /^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{53}$/

/** Reads `$2b$12$…`, `bcrypt$$2b$12$…` and `bcrypt_sha256$$2b$12$…`. */
export function readBcrypt(given: string): ReadHash {
  const stored = given.startsWith('$') ? `bcrypt$${given}` : given
  const isPrehashed = stored.startsWith('bcrypt_sha256$')
  const text = stored.slice(stored.indexOf('$') + 1)
  const cost = Number(TEXT.exec(text)?.[1])
  if (!(cost >= COST.least && cost <= 31)) return UNREADABLE
  if (cost > COST.most) return TOO_COSTLY
  return { scheme: 'bcrypt', stored, isPrehashed, text, memoryKib: MEMORY_KIB }
}
