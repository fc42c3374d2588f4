import { expect, it } from 'vitest'
import { chooseAddress } from './choose-address.ts'

it('prefers the primary verified address', () => {
  expect(
    chooseAddress('column@example.com', [
      ['first@example.com', false],
      ['column@example.com', false],
      ['primary@example.com', true],
    ]),
  ).toEqual({
    email: 'primary@example.com',
    isVerified: true,
    others: ['first@example.com', 'column@example.com'],
  })
})

it('prefers a verified address that equals the column after normalisation', () => {
  expect(
    chooseAddress('Column@EXAMPLE.com', [
      ['first@example.com', false],
      ['column@example.com', false],
    ]),
  ).toEqual({ email: 'column@example.com', isVerified: true, others: ['first@example.com'] })
})

it('takes the verified address of the lowest id otherwise', () => {
  expect(chooseAddress('column@example.com', [['first@example.com', false]])).toEqual({
    email: 'first@example.com',
    isVerified: true,
    others: [],
  })
})

it('takes the column as unverified where no address is verified', () => {
  expect(chooseAddress('column@example.com', [])).toEqual({
    email: 'column@example.com',
    isVerified: false,
    others: [],
  })
})

it('names no other spelling of the chosen address as another one', () => {
  expect(
    chooseAddress('ada@example.com', [
      ['ada@example.com', true],
      ['Ada@Example.com', false],
    ]).others,
  ).toEqual([])
})
