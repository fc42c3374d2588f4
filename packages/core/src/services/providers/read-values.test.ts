import { describe, expect, it } from 'vitest'
import { isTrue, readNumericSubject, readPart, readScopes, readSubject } from './read-values.ts'

describe('a subject', () => {
  it.each([
    [7, '7'],
    ['7', '7'],
    ['tid:oid', 'tid:oid'],
    ['a'.repeat(255), 'a'.repeat(255)],
  ])('is read as a text: %j', (value, subject) => {
    expect(readSubject(value)).toBe(subject)
  })

  it.each([
    [0],
    [-7],
    [7.5],
    [2 ** 53],
    [''],
    ['a'.repeat(256)],
    ['\u0430da'],
    ['a\nb'],
    [['7']],
    [{}],
    [null],
    [undefined],
  ])('is none: %j', (value) => {
    expect(() => readSubject(value)).toThrow('subject')
    expect(() => readNumericSubject(value)).toThrow('subject')
  })

  it('of a provider that counts its people is a number', () => {
    expect([readNumericSubject(7), readNumericSubject('7')]).toEqual(['7', '7'])
    for (const value of ['ada', '7a', '7 ', '1'.repeat(31)])
      expect(() => readNumericSubject(value)).toThrow('subject')
  })
})

it.each([
  [
    ['openid', 7, 'email'],
    ['openid', 'email'],
  ],
  ['openid email', ['openid', 'email']],
  ['openid,email,', ['openid', 'email']],
  ['', []],
  [7, []],
  [null, []],
  [undefined, []],
])('scopes are a list, or a text that is divided: %j', (value, scopes) => {
  expect(readScopes(value)).toEqual(scopes)
})

it('a part of an answer is an object', () => {
  expect(readPart({ id: 7 })).toEqual({ id: 7 })
  for (const value of [null, undefined, [], 'text', 7])
    expect(() => readPart(value)).toThrow('an answer without its parts')
})

it('a boolean may be written as a text', () => {
  expect([true, 'true'].map(isTrue)).toEqual([true, true])
  expect([false, 'false', 'TRUE', 1, undefined, null].map(isTrue)).not.toContain(true)
})
