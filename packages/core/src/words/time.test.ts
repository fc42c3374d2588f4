import { describe, expect, it } from 'vitest'
import { parseDurationSeconds } from './time.ts'

describe('parseDurationSeconds', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['2h', 7200],
    ['14d', 1_209_600],
    ['0', 0],
    [' 5s ', 5],
  ])('reads %s as %d seconds', (text, seconds) => {
    expect(parseDurationSeconds(text)).toBe(seconds)
  })

  it.each(['', 's', '-1', '1.5h', '10 minutes', '1w', '9999999999'])('returns null for %j', (text) => {
    expect(parseDurationSeconds(text)).toBeNull()
  })
})
