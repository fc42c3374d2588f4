import type { Logger } from 'pino'
import type { Database } from '../../database/connection.ts'
import { readOldTokenState } from '../../tables/imported-sessions/alive.ts'

/**
 * Says at the start what becomes of the tokens of other deployments: that an import is open, that the settings for these
 * tokens are missing, or that nobody needs them any more.
 *
 * @param parts.isAccepted - whether the settings for them are given
 */
export async function reportOldTokens(parts: {
  db: Database
  isAccepted: boolean
  log: Logger
}): Promise<void> {
  const { db, isAccepted, log } = parts
  const { open, hasMovedIn, mayLive } = await readOldTokenState(db)
  for (const source of open) {
    log.warn(
      { event: 'import_open', source },
      'an import is open: its old tokens are refused until a run with --final has finished',
    )
  }
  if (mayLive && !isAccepted) {
    log.warn(
      { event: 'old_tokens_refused' },
      'sessions were moved in, and their old tokens are refused while DJANGO_SECRET_KEY is not set',
    )
  }
  if (isAccepted && hasMovedIn && !mayLive && open.length === 0) {
    log.warn(
      { event: 'old_tokens_needless' },
      'no old token can be good any more: remove DJANGO_SECRET_KEY or DJANGO_JWT_PUBLIC_KEY',
    )
  }
}
