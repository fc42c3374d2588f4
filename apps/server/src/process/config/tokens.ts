import { SIGNING_ALGORITHMS } from '@latchkey/contract'
import {
  DAY_SECONDS,
  DEFAULT_SIGNING_KEY_LIFETIME_SECONDS,
  DEFAULT_CORE_CONFIG as defaults,
} from '@latchkey/core'
import { duration, durationOrOff, integer, oneOf, readOff } from './readers.ts'
import { documented, type SettingsOf } from './setting.ts'

export const tokenVariables = {
  ACCESS_TOKEN_LIFETIME: documented(duration({ minSeconds: 1 }), {
    default: '`30m`',
    meaning: 'how long an access token is valid',
  }),
  REFRESH_TOKEN_LIFETIME: documented(duration({ minSeconds: 1 }), {
    default: '`14d`',
    meaning: 'a session not refreshed for so long ends',
  }),
  SESSION_LIFETIME: documented(duration({ minSeconds: 1 }), {
    default: 'none',
    meaning: 'a session ends so long after its sign-in, however often it is refreshed',
  }),
  SESSIONS_PER_ACCOUNT: documented(integer({ min: 1, max: 10_000 }), {
    default: '`100`',
    meaning: 'sessions of one account; a sign-in beyond that ends the one that was unused for longest',
  }),
  REFRESH_GRACE: documented(duration({ minSeconds: 0 }), {
    default: '`30s`',
    meaning:
      'how long after a rotation the token before it still works, for answers that got lost; `0` is strict single use',
  }),
  JWT_ALGORITHM: documented(oneOf(SIGNING_ALGORITHMS), {
    default: '`ES256`',
    meaning: 'of access tokens: `ES256`, `EdDSA`, `RS256`, `HS256` (the last has nothing to publish)',
  }),
  SIGNING_KEY_LIFETIME: documented(durationOrOff({ minSeconds: DAY_SECONDS }), {
    default: '`90d`',
    meaning:
      'how long a key signs access tokens before the next one does, which is published as long before; `off` leaves it to `keys rotate`',
  }),
}

/** The settings of {@link tokenVariables}, with their defaults. */
export function tokenConfig(env: SettingsOf<typeof tokenVariables>) {
  return {
    accessTokenLifetimeSeconds: env.ACCESS_TOKEN_LIFETIME ?? defaults.accessTokenLifetimeSeconds,
    refreshTokenLifetimeSeconds: env.REFRESH_TOKEN_LIFETIME ?? defaults.refreshTokenLifetimeSeconds,
    /** Null: a session lives as long as it is refreshed. */
    sessionLifetimeSeconds: env.SESSION_LIFETIME ?? defaults.sessionLifetimeSeconds,
    sessionsPerAccount: env.SESSIONS_PER_ACCOUNT ?? defaults.sessionsPerAccount,
    refreshGraceSeconds: env.REFRESH_GRACE ?? defaults.refreshGraceSeconds,
    jwtAlgorithm: env.JWT_ALGORITHM ?? ('ES256' as const),
    /** Null: only the operator rotates the keys. */
    signingKeyLifetimeSeconds: readOff(env.SIGNING_KEY_LIFETIME, DEFAULT_SIGNING_KEY_LIFETIME_SECONDS),
  }
}
