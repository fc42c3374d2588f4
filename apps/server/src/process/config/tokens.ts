import { DAY_SECONDS, MINUTE_SECONDS } from '@latchkey/core'
import { duration, oneOf } from './readers.ts'
import type { SettingsOf } from './setting.ts'

export const tokenVariables = {
  ACCESS_TOKEN_LIFETIME: duration({ minSeconds: 1 }),
  REFRESH_TOKEN_LIFETIME: duration({ minSeconds: 1 }),
  SESSION_LIFETIME: duration({ minSeconds: 1 }),
  REFRESH_GRACE: duration({ minSeconds: 0 }),
  JWT_ALGORITHM: oneOf(['ES256', 'EdDSA', 'RS256', 'HS256']),
}

/** The settings of {@link tokenVariables}, with their defaults. */
export function tokenConfig(env: SettingsOf<typeof tokenVariables>) {
  return {
    accessTokenLifetimeSeconds: env.ACCESS_TOKEN_LIFETIME ?? 30 * MINUTE_SECONDS,
    refreshTokenLifetimeSeconds: env.REFRESH_TOKEN_LIFETIME ?? 14 * DAY_SECONDS,
    /** Null means a session lives as long as it is refreshed. */
    sessionLifetimeSeconds: env.SESSION_LIFETIME ?? null,
    refreshGraceSeconds: env.REFRESH_GRACE ?? 30,
    jwtAlgorithm: env.JWT_ALGORITHM ?? ('ES256' as const),
  }
}
