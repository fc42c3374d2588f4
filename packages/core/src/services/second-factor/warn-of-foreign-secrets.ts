import type { Logger } from 'pino'
import type { Database } from '../../database/connection.ts'
import { countForeignSecrets } from '../../tables/totp-factors/seals.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { listTotpSeals } from './totp-secret.ts'

/** A start examines so many apps, however many there are. A secret that was dropped too early left many of them. */
const EXAMINED = 10_000

/** Warns at the start of authenticator apps whose codes cannot be checked, because a former secret was dropped too early. */
export async function warnOfForeignSecrets(db: Database, keys: DerivedKeys, log: Logger): Promise<void> {
  const count = await countForeignSecrets(db, listTotpSeals(keys), EXAMINED)
  if (count === 0) return
  log.warn(
    { event: 'totp_sealed_elsewhere', count },
    'authenticator apps were sealed under another SECRET_KEY, and their codes cannot be checked; add that one to SECRET_KEY_FALLBACKS and run: latchkey keys reseal',
  )
}
