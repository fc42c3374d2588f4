import { describe, expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const readThrottle = (env: Record<string, string>) => loadConfig(env).config.throttle

it('counts in memory by default, as the documentation says', () => {
  expect(readThrottle({})).toEqual({
    store: 'memory',
    redisUrl: null,
    limits: {
      anon: { calls: 60, seconds: 60 },
      user: { calls: 600, seconds: 60 },
      refresh: { calls: 120, seconds: 60 },
      login: { calls: 10, seconds: 60 },
      loginEmail: { calls: 100, seconds: 3600 },
      mail: { calls: 5, seconds: 3600 },
      unproven: { calls: 1, seconds: 86_400 },
    },
  })
})

it('a limit can be changed and turned off', () => {
  const { limits } = readThrottle({ THROTTLE_ANON: '5/s', THROTTLE_MAIL: 'off', THROTTLE_LOGIN: 'OFF' })
  expect(limits).toMatchObject({ anon: { calls: 5, seconds: 1 }, mail: null, login: null })
})

describe('the store', () => {
  it('is Redis when REDIS_URL is set, unless THROTTLE_STORE names another store', () => {
    const REDIS_URL = 'rediss://:secret@redis.example.com:6380'
    expect(readThrottle({ REDIS_URL })).toMatchObject({ store: 'redis', redisUrl: REDIS_URL })
    expect(readThrottle({ REDIS_URL, THROTTLE_STORE: 'postgres' }).store).toBe('postgres')
  })

  it('cannot be Redis without REDIS_URL', () => {
    expect(findMistakes({ THROTTLE_STORE: 'redis' })).toEqual(['THROTTLE_STORE=redis needs REDIS_URL'])
  })
})

it.each([
  ['THROTTLE_ANON', '60'],
  ['THROTTLE_LOGIN', '10/min'],
  ['THROTTLE_MAIL', '0/h'],
  ['THROTTLE_STORE', 'disk'],
  ['REDIS_URL', 'http://redis:6379'],
])('%s=%s is refused', (name, value) => {
  expect(findMistakes({ [name]: value })[0]).toMatch(new RegExp(`^${name} must be `))
})
