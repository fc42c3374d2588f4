import { REFUSALS } from '@latchkey/contract'
import { PASSWORD_MIN_CHARACTERS } from '@latchkey/contract/limits'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { DENIAL_SENTENCES, FIELD_SENTENCES } from '../src/generated/field-sentences.ts'
import { ERROR_CODES, LatchkeyError, type SignedOutReason } from '../src/index.ts'
import {
  describeError,
  describeFieldSentence,
  describeSignedOut,
  loadMessages,
  MESSAGE_LANGUAGES,
} from '../src/messages/index.ts'
import { createLanguageStore } from '../src/messages/languages.ts'
import { MFA_ERROR_CODES } from '../src/mfa/index.ts'
import { SOCIAL_ERROR_CODES } from '../src/social/index.ts'

afterEach(() => vi.unstubAllGlobals())

const SENTENCE = /^[\p{Lu}\p{Lo}\p{Nd}「].*[.。।؟]$/u
const REASONS: SignedOutReason[] = ['signed_out', 'session_ended', 'expired', 'account_gone']

const refuse = (fields: Record<string, string[]>) =>
  new LatchkeyError('invalid', 'Invalid input.', { status: 400, fields })

describe.each(MESSAGE_LANGUAGES)('in %s', (tag) => {
  beforeAll(async () => {
    expect(await loadMessages(tag)).toBe(tag)
  })

  test.each([...ERROR_CODES, ...MFA_ERROR_CODES, ...SOCIAL_ERROR_CODES])(
    'the code %s has a sentence of its own',
    (code) => {
      const { message, fields } = describeError(new LatchkeyError(code, 'The words for programs.'), tag)
      expect(message).toMatch(SENTENCE)
      expect(fields).toEqual({})
    },
  )

  test.each(Object.entries(FIELD_SENTENCES))(
    'the sentence of a field has one for people: %s',
    (_name, known) => {
      const sentence = known.replace('{count}', '150')
      const { fields } = describeError(refuse({ first_name: [sentence] }), tag)
      expect(fields.first_name).toEqual([expect.stringMatching(SENTENCE)])
      expect(String(fields.first_name).includes('150')).toBe(known.includes('{count}'))
    },
  )

  test.each(Object.values(DENIAL_SENTENCES))('what a refusal says beside its code is kept: %s', (detail) => {
    const { message } = describeError(new LatchkeyError('permission_denied', detail, { status: 403 }), tag)
    expect(message).toMatch(SENTENCE)
    expect(message).not.toBe(describeError(new LatchkeyError('permission_denied', 'x'), tag).message)
  })

  test.each(REASONS)('the reason %s has a sentence', (reason) => {
    expect(describeSignedOut(reason, tag)).toMatch(SENTENCE)
  })

  test('a short password is told the length that the server wants', () => {
    const sentence = describeFieldSentence(FIELD_SENTENCES.passwordTooShort, tag)
    expect(sentence).toContain(String(PASSWORD_MIN_CHARACTERS))
  })
})

test.each([
  [undefined, 'Too many attempts. Wait a little and try again.'],
  [0, 'Too many attempts. Try again in 1 second.'],
  [42, 'Too many attempts. Try again in 42 seconds.'],
  [90, 'Too many attempts. Try again in 2 minutes.'],
  [3600, 'Too many attempts. Try again in 60 minutes.'],
  [86_400, 'Too many attempts. Try again in 24 hours.'],
])('a wait of %s seconds is told in whole seconds, minutes or hours', (retryAfterSeconds, sentence) => {
  const error = new LatchkeyError('throttled', 'x', { retryAfterSeconds })
  expect(describeError(error).message).toBe(sentence)
})

test('a busy server tells the time to wait, also where the runtime has no Intl', () => {
  const error = new LatchkeyError('unavailable', 'x', { status: 503, retryAfterSeconds: 1 })
  const sentence = 'The server is busy at the moment. Nothing is lost: try again in 1 second.'
  expect(describeError(error).message).toBe(sentence)
  vi.stubGlobal('Intl', undefined)
  expect(describeError(error).message).toBe(sentence)
})

test('a lost network is told apart from an unreachable server', () => {
  const error = new LatchkeyError('network_error', 'x')
  expect(describeError(error).message).toMatch(/^The server could not be reached/)
  vi.stubGlobal('navigator', { onLine: false })
  expect(describeError(error).message).toMatch(/^You are offline/)
})

test('a void reset link is no session that has ended: to sign in does not help', () => {
  const refuse401 = (code: 'token_not_valid' | 'not_authenticated', sentence: string) =>
    describeError(new LatchkeyError(code, sentence, { status: 401 })).message
  const link = 'This link no longer works. Ask for a new one.'
  expect(refuse401('token_not_valid', REFUSALS.token_not_valid.sentence)).toBe(link)
  expect(refuse401('not_authenticated', REFUSALS.not_authenticated.sentence)).toBe(link)
  expect(refuse401('token_not_valid', 'Given token not valid for any token type')).toMatch(
    /^Your session has ended/,
  )
  expect(refuse401('not_authenticated', 'Nobody is signed in.')).toMatch(/^You are signed out/)
})

test('what is wrong with several fields is the message; every other sentence is at its field', () => {
  const described = describeError(
    refuse({ non_field_errors: ['No.'], email: [FIELD_SENTENCES.notAnAddress] }),
  )
  expect(described).toEqual({
    message: 'No.',
    fields: { non_field_errors: ['No.'], email: ['Enter a valid email address.'] },
  })
  expect(describeError(refuse({ email: ['No.'] })).message).toMatch(/^Some of what you entered/)
})

test('the broken rules of a new password are at the password, and a mismatch is at the repeated password', () => {
  const [numeric, similar] = [FIELD_SENTENCES.passwordNumeric, FIELD_SENTENCES.similarToFirstName]
  const rules = describeError(refuse({ new_password2: [numeric, similar] })).fields
  expect(rules).toEqual({ new_password1: [describeFieldSentence(numeric), describeFieldSentence(similar)] })
  const differ = 'The two passwords are not the same.'
  expect(describeError(refuse({ new_password2: [FIELD_SENTENCES.newPasswordsDiffer] })).fields).toEqual({
    new_password2: [differ],
  })
  expect(describeError(refuse({ non_field_errors: [FIELD_SENTENCES.passwordsDiffer] })).fields).toEqual({
    password2: [differ],
  })
})

test('a sentence that only a newer server knows is told as it is', () => {
  expect(describeFieldSentence('Ensure this value is purple.')).toBe('Ensure this value is purple.')
  expect(describeFieldSentence('Ensure this field has no more than many characters.')).toMatch(/many/)
})

test.each(['en', 'EN-us', 'en-GB-oxendict', 'tlh', '', 'constructor', 'not a tag'])(
  'the language %j has sentences',
  (tag) => {
    const error = new LatchkeyError('throttled', 'x', { retryAfterSeconds: 42 })
    expect(describeError(error, tag)).toEqual(describeError(error, 'en'))
  },
)

test('an error that is not of the client has a sentence too', () => {
  for (const thrown of [new TypeError('x is undefined'), 'x', null])
    expect(describeError(thrown)).toEqual({ message: 'Something went wrong here. Try again.', fields: {} })
})

describe('a language', () => {
  const error = new LatchkeyError('throttled', 'x', { retryAfterSeconds: 1200 })
  const german = 'Zu viele Versuche. Versuchen Sie es in 20 Minuten erneut.'

  test('is English until it is loaded', async () => {
    const store = createLanguageStore()
    expect(store.find('de').tag).toBe('en')
    expect(await Promise.all([store.load('de-AT'), store.load('de')])).toEqual(['de', 'de'])
    expect(store.find('de-CH').messages.signedOut.signed_out).toBe('Sie sind abgemeldet.')
    expect(store.find(['sv', 'de']).tag).toBe('de')
    expect(store.find('sv').tag).toBe('en')
  })

  test.each([
    ['de-AT', 'de'],
    ['DE', 'de'],
    [['tlh', 'de-CH', 'en'], 'de'],
    [['en-US', 'de'], 'en'],
    ['zh-TW', 'en'],
    ['zh-Hant-HK', 'en'],
    ['tlh', 'en'],
    [[], 'en'],
    ['', 'en'],
    ['__proto__', 'en'],
  ])('is found for %j', async (wanted, tag) => {
    expect(await loadMessages(wanted)).toBe(tag)
    expect(describeError(error, wanted).message).toBe(tag === 'de' ? german : describeError(error).message)
  })
})
