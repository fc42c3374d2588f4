import pino from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchStore } from './outage.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('an outage is logged once at its begin and once at its end, and the store rests a second after each failure', () => {
  const lines: string[] = []
  const outage = watchStore('redis', pino({}, { write: (line: string) => void lines.push(line) }))
  const logged = () => lines.splice(0).map((line) => JSON.parse(line).event)
  const state = () => ({ isDown: outage.isDown(), isPausing: outage.isPausing() })
  outage.end()
  expect([logged(), state()]).toEqual([[], { isDown: false, isPausing: false }])
  outage.begin(new Error('the store is gone'))
  expect([logged(), state()]).toEqual([['throttle_store_down'], { isDown: true, isPausing: true }])
  vi.advanceTimersByTime(1000)
  expect(state()).toEqual({ isDown: true, isPausing: false })
  outage.begin(new Error('the store is gone'))
  expect([logged(), state()]).toEqual([[], { isDown: true, isPausing: true }])
  for (const events of [['throttle_store_back'], []]) {
    outage.end()
    expect([logged(), state()]).toEqual([events, { isDown: false, isPausing: false }])
  }
})
