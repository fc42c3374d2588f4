import pino from 'pino'
import { expect, it, vi } from 'vitest'
import { NO_LIMITS } from '../../words/rate-limits.ts'
import { UNWATCHED, type Watch } from '../../words/watch.ts'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { createThrottle, type ThrottleSettings } from './throttle.ts'

const { throttle: keys } = deriveSecrets('a secret of at least thirty-two bytes', [])
const limits = { ...NO_LIMITS, login: { calls: 1, seconds: 60 } }
/** A port where nothing listens. */
const redisUrl = 'redis://127.0.0.1:1'

function open(settings: Omit<ThrottleSettings, 'limits'>, watch: Watch = UNWATCHED) {
  const alone = () => Promise.reject(new Error('there is no database'))
  const log = pino({ level: 'silent' })
  return createThrottle({ ...settings, limits }, { keys, counters: { alone }, log, watch })
}

it.each([
  ['memory', null, false],
  ['memory', redisUrl, false],
  ['redis', null, false],
  ['redis', redisUrl, true],
  ['postgres', null, true],
  ['postgres', redisUrl, true],
] as const)(
  'the store %s with the URL %s of Redis: a count finds it down is %s',
  async (store, url, isDown) => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const throttle = await open({ store, redisUrl: url })
    expect(await throttle.take('login', 'ada')).toBeNull()
    expect(await throttle.take('login', 'ada')).not.toBeNull()
    expect(throttle.isStoreDown()).toBe(isDown)
    throttle.close()
    // The log of the server tells it, and not the library.
    expect(complain).not.toHaveBeenCalled()
    complain.mockRestore()
  },
)

it('each call over a limit is told to the metrics, by the name of the limit', async () => {
  const notes: unknown[] = []
  const watch: Watch = { ...UNWATCHED, note: (...note) => void notes.push(note) }
  const throttle = await open({ store: 'memory', redisUrl: null }, watch)
  for (let call = 0; call < 3; call++) await throttle.take('login', 'ada')
  expect(notes).toEqual([
    ['throttled', { limit: 'login' }],
    ['throttled', { limit: 'login' }],
  ])
})
