import { ERROR_CODES, LatchkeyError } from '@latchkey/client'
import { expect, it } from 'vitest'
import { describeFailure } from './describe-failure.ts'

it.each(ERROR_CODES)('the code %s has a sentence', (code) => {
  expect(describeFailure(new LatchkeyError(code, 'The server’s own words.'))).toMatch(/^[A-Z].*\.$/)
})

it.each([
  [undefined, 'Too many attempts. Wait a little and try again.'],
  [0, 'Too many attempts. Try again in 1 second.'],
  [42, 'Too many attempts. Try again in 42 seconds.'],
  [90, 'Too many attempts. Try again in 2 minutes.'],
  [3600, 'Too many attempts. Try again in 60 minutes.'],
])('a throttle of %s seconds is shown in whole seconds or minutes', (retryAfterSeconds, sentence) => {
  expect(describeFailure(new LatchkeyError('throttled', 'x', { retryAfterSeconds }))).toBe(sentence)
})
