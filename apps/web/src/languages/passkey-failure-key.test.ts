import { LatchkeyError } from '@latchkey/client'
import { PasskeyError, type PasskeyErrorCode } from '@latchkey/client/passkeys'
import { expect, it } from 'vitest'
import { createMessages } from './create-messages.ts'
import { ENGLISH } from './generated/catalogues.ts'
import { findPasskeyFailureKey } from './passkey-failure-key.ts'

const { describeFailure } = createMessages('en', ENGLISH)
const SENTENCES: Record<PasskeyErrorCode, string> = {
  cancelled: 'No passkey was used. Try again, or choose another way.',
  unsupported: 'This browser cannot use passkeys.',
  already_there: 'This device already has a passkey for your account.',
  not_verified: 'The passkey could not be verified.',
}

it.each(Object.entries(SENTENCES))(
  'a browser that gives no passkey (%s) has a sentence',
  (code, sentence) => {
    expect(describeFailure(new PasskeyError(code as PasskeyErrorCode))).toBe(sentence)
  },
)

it('any other failure has the sentence of the client', () => {
  expect(findPasskeyFailureKey(new LatchkeyError('network_error', ''))).toBe(null)
  expect(findPasskeyFailureKey(new TypeError('x'))).toBe(null)
  expect(describeFailure(new LatchkeyError('network_error', ''))).toMatch(/^The server could not be reached/)
})
