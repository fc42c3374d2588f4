import { parseRateLimit, type RateLimit, type ThrottleSettings } from '@latchkey/core'
import { oneOf } from './readers.ts'
import { type SettingsOf, setting } from './setting.ts'

export const throttleVariables = {
  THROTTLE_ANON: rate(),
  THROTTLE_USER: rate(),
  THROTTLE_REFRESH: rate(),
  THROTTLE_LOGIN: rate(),
  THROTTLE_LOGIN_EMAIL: rate(),
  THROTTLE_MAIL: rate(),
  THROTTLE_STORE: oneOf(['memory', 'postgres', 'redis']),
  REDIS_URL: setting({
    expected:
      'an address such as redis://:password@redis.example.com:6379 or rediss://redis.example.com:6380',
    read: (text) => (isRedisUrl(text) ? text : undefined),
  }),
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
    },
  }
  return { throttle }
}

/** Finds settings of throttling that do not go together; each sentence begins with a name. */
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
