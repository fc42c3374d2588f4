import { SIGNING_ALGORITHMS } from '@latchkey/contract'
import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import { duration, oneOf } from './readers.ts'
import type { SettingsOf } from './setting.ts'

export const tokenVariables = {
  ACCESS_TOKEN_LIFETIME: duration({ minSeconds: 1 }),
  REFRESH_TOKEN_LIFETIME: duration({ minSeconds: 1 }),
  SESSION_LIFETIME: duration({ minSeconds: 1 }),
  REFRESH_GRACE: duration({ minSeconds: 0 }),
  JWT_ALGORITHM: oneOf(SIGNING_ALGORITHMS),
}

/** The settings of {@link tokenVariables}, with their defaults. */
export function tokenConfig(env: SettingsOf<typeof tokenVariables>) {
  return {
    accessTokenLifetimeSeconds: env.ACCESS_TOKEN_LIFETIME ?? defaults.accessTokenLifetimeSeconds,
    refreshTokenLifetimeSeconds: env.REFRESH_TOKEN_LIFETIME ?? defaults.refreshTokenLifetimeSeconds,
    /** Null means a session lives as long as it is refreshed. */
    sessionLifetimeSeconds: env.SESSION_LIFETIME ?? defaults.sessionLifetimeSeconds,
    refreshGraceSeconds: env.REFRESH_GRACE ?? defaults.refreshGraceSeconds,
    jwtAlgorithm: env.JWT_ALGORITHM ?? ('ES256' as const),
  }
}
