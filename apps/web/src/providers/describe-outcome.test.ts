import { LatchkeyError } from '@latchkey/client'
import { RETURN_ERRORS } from '@latchkey/client/social'
import { describe, expect, it } from 'vitest'
import { createMessages, say } from '../languages/create-messages.ts'
import { ENGLISH } from '../languages/generated/catalogues.ts'
import { describeFailedCall, describeRefusal } from './describe-outcome.ts'
import { PURPOSES } from './return-address.ts'

const messages = createMessages('en', ENGLISH)
const GENERAL = messages.describeFailure(new TypeError('of the portal'))

describe.each(PURPOSES)('after a way over a provider to %s', (purpose) => {
  it.each(RETURN_ERRORS.filter((code) => code !== 'access_denied'))('the word %s has a sentence', (code) => {
    const sentence = say(describeRefusal(code, purpose), messages)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toBe(GENERAL)
  })

  it('a person who turned back is told nothing', () => {
    expect(describeRefusal('access_denied', purpose)).toBeNull()
  })

  it.each(['token_not_valid', 'challenge_invalid'] as const)('%s of a code says what to do', (code) => {
    const sentence = say(describeFailedCall(new LatchkeyError(code, ''), purpose), messages)
    expect(sentence).toBe(
      code === 'challenge_invalid' && purpose === 'reauthenticate'
        ? 'This could not be confirmed. Choose the account that is connected here, and try again.'
        : `That took too long. ${purpose === 'sign_in' ? 'Sign in again.' : 'Try again.'}`,
    )
  })

  it('any other refusal has the sentence of the client', () => {
    const refused = new LatchkeyError('throttled', '')
    expect(say(describeFailedCall(refused, purpose), messages)).toBe(messages.describeFailure(refused))
  })
})
