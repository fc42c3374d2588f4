import { LatchkeyError } from '@latchkey/client'
import { describe, expect, it } from 'vitest'
import { findBlanks, firstWithError, hasErrors, NO_ERRORS, placeErrors } from './place-errors.ts'

const SHORT = 'This password is too short. It must contain at least 8 characters.'
const SHORT_SHOWN = 'This password is too short. Use at least 8 characters.'
const MISMATCH = "The two password fields didn't match."
const MISMATCH_SHOWN = 'The two passwords are not the same.'

function refusal(fields: Record<string, string[]>): LatchkeyError {
  return new LatchkeyError('invalid', 'Invalid input.', { status: 400, fields })
}

describe('placeErrors', () => {
  it('shows each sentence at its field, in words for people', () => {
    const error = refusal({ email: ['Enter a valid email address.'], password1: [SHORT] })
    expect(placeErrors(error, ['email', 'password1'])).toEqual({
      byField: { email: ['Enter a valid email address.'], password1: [SHORT_SHOWN] },
      alerts: [],
    })
  })

  it('shows the broken rules of a new password at the password, and a mismatch at the repeated password', () => {
    const rules = placeErrors(refusal({ new_password2: [SHORT] }), ['new_password1', 'new_password2'])
    expect(rules.byField).toEqual({ new_password1: [SHORT_SHOWN] })
    expect(placeErrors(refusal({ non_field_errors: [MISMATCH] }), ['password1', 'password2'])).toEqual({
      byField: { password2: [MISMATCH_SHOWN] },
      alerts: [],
    })
  })

  it('shows a sentence about a field that the form lacks below the form', () => {
    const error = refusal({ non_field_errors: ['No.'], refresh: ['This field is required.'] })
    expect(placeErrors(error, ['email']).alerts).toEqual(['No.', 'Fill in this field.'])
    expect(placeErrors(refusal({ non_field_errors: [MISMATCH] }), ['email']).alerts).toEqual([MISMATCH_SHOWN])
  })

  it('shows every other refusal below the form', () => {
    const error = new LatchkeyError('incorrect_credentials', 'Incorrect credentials', { status: 401 })
    expect(placeErrors(error, ['email'])).toEqual({
      byField: {},
      alerts: ['The email address or the password is not right.'],
    })
    expect(placeErrors(new TypeError('x'), ['email']).alerts).toEqual([
      'Something went wrong here. Try again.',
    ])
  })
})

describe('a refused code', () => {
  const refusal = new LatchkeyError('invalid_code', 'Invalid code.')

  it('is shown beside its field', () => {
    const { byField, alerts } = placeErrors(refusal, ['code'])
    expect(Object.keys(byField)).toEqual(['code'])
    expect(alerts).toEqual([])
  })

  it('is an alert where the form has no such field', () => {
    expect(placeErrors(refusal, ['password']).alerts).toHaveLength(1)
  })
})

describe('findBlanks', () => {
  const required = { email: 'Enter it.', password: 'Enter that.' }

  it('finds fields that are empty or contain only spaces', () => {
    expect(findBlanks({ email: '  ', password: 'x' }, required).byField).toEqual({ email: ['Enter it.'] })
    expect(hasErrors(findBlanks({ email: 'a', password: ' b ' }, required))).toBe(false)
  })
})

describe('firstWithError', () => {
  it('finds the first field in the order of the form', () => {
    const errors = { byField: { password: ['x'], email: ['y'] }, alerts: [] }
    expect(firstWithError(errors, ['email', 'password'])).toBe('email')
    expect(firstWithError(NO_ERRORS, ['email'])).toBe(null)
  })
})
