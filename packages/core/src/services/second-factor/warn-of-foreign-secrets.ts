import type { Logger } from 'pino'
import type { Database } from '../../database/connection.ts'
import { countForeignCodes } from '../../tables/recovery-codes/short.ts'
import { countForeignSecrets } from '../../tables/totp-factors/seals.ts'
import type { Secrets } from '../keys/derived-keys.ts'
import { listShortSeals } from './short-codes.ts'
import { listTotpSeals } from './totp-secret.ts'

/** A start examines so many apps and codes, however many there are. A secret that was dropped too early left many of them. */
const EXAMINED = 10_000

/** Warns at the start of factors whose codes cannot be checked, because a former secret was dropped too early. */
export async function warnOfForeignSecrets(db: Database, secrets: Secrets, log: Logger): Promise<void> {
  const apps = await countForeignSecrets(db, listTotpSeals(secrets.totp), EXAMINED)
  if (apps > 0) {
    log.warn(
      { event: 'totp_sealed_elsewhere', count: apps },
      'authenticator apps were sealed under another SECRET_KEY, and their codes cannot be checked; add that one to SECRET_KEY_FALLBACKS and run: latchkey keys reseal',
    )
  }
  const codes = await countForeignCodes(db, listShortSeals(secrets['recovery-code']), EXAMINED)
  if (codes > 0) {
    log.warn(
      { event: 'recovery_codes_hashed_elsewhere', count: codes },
      'recovery codes that were moved in were hashed under another SECRET_KEY, and open nothing; add that one to SECRET_KEY_FALLBACKS, and keep it until their users have new codes',
    )
  }
}
