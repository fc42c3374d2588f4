import { ERROR_CODES, LatchkeyError } from '@latchkey/client'
import { expect, it } from 'vitest'
import { createMessages } from '../languages/create-messages.ts'
import { ENGLISH } from '../languages/generated/catalogues.ts'
import { findLongest } from './longest.ts'

const messages = createMessages('en', ENGLISH)

it.each(ERROR_CODES)('the sentence of the code %s fits into the room that is kept for it', (code) => {
  for (const retryAfterSeconds of [undefined, 1, 42, 600, 3600]) {
    const sentence = messages.describeFailure(new LatchkeyError(code, 'For programs.', { retryAfterSeconds }))
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence.length).toBeLessThanOrEqual(findLongest(messages).failure.length)
  }
})
