import { expect, it } from 'vitest'
import { type Context, DEFAULT_CORE_CONFIG } from '../context.ts'
import { recordThrottled } from './record-throttled.ts'

const REMEMBERED = 10_000

/** A context whose database only notes the limits of the events that it was given. */
function contextOfNoter() {
  const limits: string[] = []
  const clock = { seconds: 0 }
  const db = {
    insert: () => ({
      values: ({ details }: { details: { limit: string } }) => {
        limits.push(details.limit)
        return { onConflictDoUpdate: async () => undefined }
      },
    }),
  }
  const ctx = {
    db,
    config: DEFAULT_CORE_CONFIG,
    client: { ip: '192.0.2.77', userAgent: null, acceptLanguage: null, proof: null },
    clock: { epochSeconds: () => clock.seconds, now: () => 'now' },
    throttle: { hide: () => 'hidden' },
  } as never as Context
  return { ctx, clock, limits }
}

it('of many bursts those that were recorded longest ago are forgotten first', async () => {
  const { ctx, clock, limits } = contextOfNoter()
  const burst = () => recordThrottled(ctx, { limit: 'login', key: 'one' })
  const recorded = () => limits.filter((limit) => limit === 'login').length
  const flood = async (from: number, to: number) => {
    for (let n = from; n < to; n++) await recordThrottled(ctx, { limit: 'anon', key: String(n) })
  }
  await burst()
  await flood(0, REMEMBERED / 2)
  clock.seconds += 60
  await burst()
  expect(recorded()).toBe(2)
  await flood(REMEMBERED / 2, REMEMBERED)
  await burst()
  expect(recorded()).toBe(2)
  await flood(REMEMBERED, 2 * REMEMBERED)
  await burst()
  expect(recorded()).toBe(3)
})
