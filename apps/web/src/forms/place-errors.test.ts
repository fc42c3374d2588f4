import { LatchkeyError } from '@latchkey/client'
import { describe, expect, it } from 'vitest'
import { findBlanks, firstWithError, hasErrors, NO_ERRORS, placeErrors } from './place-errors.ts'

const SHORT = 'This password is too short. It must contain at least 8 characters.'
const SIMILAR = 'The password is too similar to the email address.'
const MISMATCH = "The two password fields didn't match."
const NEW_MISMATCH = 'The two password fields didn’t match.'

function refusal(fields: Record<string, string[]>): LatchkeyError {
  return new LatchkeyError('invalid', 'Invalid input.', { status: 400, fields })
}

describe('placeErrors', () => {
  it('leaves each sentence at the field that the server named', () => {
    const error = refusal({ email: ['Enter a valid email address.'], password1: [SHORT] })
    expect(placeErrors(error, ['email', 'password1'])).toEqual({
      byField: { email: ['Enter a valid email address.'], password1: [SHORT] },
      alerts: [],
    })
  })

  it('shortens the sentence about a value that is too long', () => {
    const error = refusal({ first_name: ['Ensure this field has no more than 150 characters.'] })
    expect(placeErrors(error, ['first_name']).byField).toEqual({ first_name: ['At most 150 characters.'] })
  })

  it('shows the broken rules of a new password at the password, and a mismatch at the repeated password', () => {
    const fields = ['new_password1', 'new_password2']
    expect(placeErrors(refusal({ new_password2: [SHORT, SIMILAR] }), fields).byField).toEqual({
      new_password1: [SHORT, SIMILAR],
    })
    expect(placeErrors(refusal({ new_password2: [NEW_MISMATCH] }), fields).byField).toEqual({
      new_password2: [NEW_MISMATCH],
    })
  })

  it('shows a mismatch at sign-up at the repeated password, although the server names no field', () => {
    const error = refusal({ non_field_errors: [MISMATCH] })
    expect(placeErrors(error, ['password1', 'password2'])).toEqual({
      byField: { password2: [MISMATCH] },
      alerts: [],
    })
  })

  it('shows a sentence about an unknown field below the form', () => {
    const error = refusal({ non_field_errors: ['No.'], refresh: ['This field is required.'] })
    expect(placeErrors(error, ['email']).alerts).toEqual(['No.', 'This field is required.'])
    expect(placeErrors(refusal({ non_field_errors: [MISMATCH] }), ['email']).alerts).toEqual([MISMATCH])
  })

  it('shows every other refusal below the form', () => {
    const error = new LatchkeyError('incorrect_credentials', 'Incorrect credentials', { status: 401 })
    expect(placeErrors(error, ['email'])).toEqual({
      byField: {},
      alerts: ['The e-mail address or the password is not right.'],
    })
    expect(placeErrors(new TypeError('x'), ['email']).alerts).toEqual([
      'Something went wrong in this page. Load it again.',
    ])
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
