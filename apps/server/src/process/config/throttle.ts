import { parseRateLimit, type RateLimit, type ThrottleSettings } from '@latchkey/core'
import { oneOf } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

/** Notices to an address that was never proven. Its owner did not ask for any of them, so no setting allows more. */
const UNPROVEN_NOTICES = '1/d'

export const throttleVariables = {
  THROTTLE_ANON: documented(rate(), { default: '`60/m`', meaning: 'calls of a client address' }),
  THROTTLE_USER: documented(rate(), {
    default: '`600/m`',
    meaning: 'calls of a session from one client address',
  }),
  THROTTLE_REFRESH: documented(rate(), {
    default: '`120/m`',
    meaning: 'refreshes of a session from one client address',
  }),
  THROTTLE_LOGIN: documented(rate(), {
    default: '`10/m`',
    meaning: 'passwords tried for an address, or in a session, from one client',
  }),
  THROTTLE_LOGIN_EMAIL: documented(rate(), {
    default: '`100/h`',
    meaning: 'passwords tried for an address, or in a session, from everywhere',
  }),
  THROTTLE_MAIL: documented(rate(), { default: '`5/h`', meaning: 'mails asked for to one mailbox' }),
  THROTTLE_STORE: documented(oneOf(['memory', 'postgres', 'redis']), {
    default: '`redis` with `REDIS_URL`, else `memory`',
    meaning: '`memory`, `postgres` or `redis`',
  }),
  REDIS_URL: documented(
    setting({
      expected:
        'an address such as redis://:password@redis.example.com:6379 or rediss://redis.example.com:6380',
      read: (text) => (isRedisUrl(text) ? text : undefined),
    }),
    { default: '–', meaning: '`redis://:password@host:6379` or `rediss://…`', secret: true },
  ),
}

/** The settings of {@link throttleVariables}, with their defaults. */
export function throttleConfig(env: SettingsOf<typeof throttleVariables>) {
  const redisUrl = env.REDIS_URL ?? null
  const throttle: ThrottleSettings = {
    store: env.THROTTLE_STORE ?? (redisUrl === null ? 'memory' : 'redis'),
    redisUrl,
    limits: {
      anon: readLimit(env.THROTTLE_ANON, '60/m'),
      user: readLimit(env.THROTTLE_USER, '600/m'),
      refresh: readLimit(env.THROTTLE_REFRESH, '120/m'),
      login: readLimit(env.THROTTLE_LOGIN, '10/m'),
      loginEmail: readLimit(env.THROTTLE_LOGIN_EMAIL, '100/h'),
      mail: readLimit(env.THROTTLE_MAIL, '5/h'),
      unproven: parseRateLimit(UNPROVEN_NOTICES),
    },
  }
  return { throttle }
}

/** Finds settings of throttling that contradict each other. Each sentence begins with a name. */
export function findThrottleMistakes(throttle: ThrottleSettings): string[] {
  if (throttle.store !== 'redis' || throttle.redisUrl !== null) return []
  return ['THROTTLE_STORE=redis needs REDIS_URL']
}

function rate() {
  return setting<RateLimit | 'off'>({
    expected: 'a limit such as 60/m, with s, m, h or d behind the stroke, or off',
    read: (text) => (text.toLowerCase() === 'off' ? 'off' : (parseRateLimit(text) ?? undefined)),
  })
}

function readLimit(given: RateLimit | 'off' | undefined, otherwise: string): RateLimit | null {
  return given === 'off' ? null : (given ?? parseRateLimit(otherwise))
}

function isRedisUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== ''
}
