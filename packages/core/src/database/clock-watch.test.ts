import pino from 'pino'
import { expect, it } from 'vitest'
import { watchClock } from './clock-watch.ts'

function watch(toleranceSeconds: number | null) {
  const lines: { level: number; event: string; offsetSeconds: number }[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const { compare, offsetSeconds } = watchClock({ toleranceSeconds, log })
  return {
    lines,
    offsetSeconds,
    at: (offset: number, roundTripSeconds = 0) =>
      compare({ seconds: Date.now() / 1000 + offset, roundTripSeconds }),
  }
}

it.each([1, -1])(
  'a clock that drifts away is told of once, is not ready beyond the tolerance, and comes back (%i)',
  (sign) => {
    const { at, lines, offsetSeconds } = watch(60)
    expect([0, 4, 20, 59, 61, 86_400, 20, 0].map((offset) => at(sign * offset))).toEqual([
      ...[true, true, true, true],
      ...[false, false],
      ...[true, true],
    ])
    expect(lines.map(({ level, event }) => [level, event])).toEqual([
      [40, 'clocks_apart'],
      [50, 'clocks_apart'],
      [40, 'clocks_apart'],
      [30, 'clocks_agree'],
    ])
    expect(lines[1]?.offsetSeconds).toBeCloseTo(sign * 61, 0)
    expect(offsetSeconds()).toBeCloseTo(0, 0)
  },
)

it('a slow answer of the database is no distance of the clocks', () => {
  const { at, lines } = watch(60)
  // The time was read at the beginning of a statement that took two minutes.
  expect(at(-120, 120)).toBe(true)
  expect(lines).toEqual([])
})

it('without a tolerance a server is ready however its clock stands, and the log still warns', () => {
  const { at, lines, offsetSeconds } = watch(null)
  expect(offsetSeconds()).toBeNull()
  expect(at(-86_400)).toBe(true)
  expect(lines.map(({ level }) => level)).toEqual([40])
})
