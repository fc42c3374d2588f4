import type { Logger } from 'pino'
import type { Database } from '../../database/connection.ts'
import { countLostFactors } from '../../tables/passkeys/lost.ts'

/** Warns at the start of passkeys of another RP ID, and of users whom the settings leave without a factor that works. */
export async function warnOfLostFactors(db: Database, rpId: string | null, log: Logger): Promise<void> {
  const { foreignPasskeys, users } = await countLostFactors(db, rpId)
  if (foreignPasskeys > 0) {
    log.warn(
      { event: 'passkeys_of_other_domain', count: foreignPasskeys },
      'passkeys belong to another PASSKEY_RP_ID, and work here no more',
    )
  }
  if (users > 0) {
    log.warn(
      { event: 'users_without_usable_factor', count: users },
      'users have a second factor that the settings leave without a use; they sign in by a recovery code, or after their factors were reset',
    )
  }
}
