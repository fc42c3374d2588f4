import { ERROR_CODES, LatchkeyError } from '@latchkey/client'
import { expect, it } from 'vitest'
import { LONGEST_FAILURE } from '../layout/messages.tsx'
import { describeFailure } from './describe-failure.ts'

it.each(ERROR_CODES)('the sentence of the code %s fits into the room that is kept for it', (code) => {
  const sentence = describeFailure(new LatchkeyError(code, 'The words for programs.'))
  expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(sentence.length).toBeLessThanOrEqual(LONGEST_FAILURE.length)
})
