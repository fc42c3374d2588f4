import { describe, expect, it } from 'vitest'
import { findPasswordFaults } from './password-rules.ts'

const SHORT = 'This password is too short. It must contain at least 8 characters.'
const COMMON = 'This password is too common.'
const NUMERIC = 'This password is entirely numeric.'
const user = { email: 'ada.lovelace@example.com', firstName: 'Ada', lastName: 'Łukasiewicz' }

describe('findPasswordFaults', () => {
  it.each([
    ['correct horse battery', []],
    ['12345678', [COMMON, NUMERIC]],
    ['12345', [SHORT, COMMON, NUMERIC]],
    ['xk3', [SHORT]],
    ['Password1', [COMMON]],
    [' password ', [COMMON]],
    ['٠١٢٣٤٥٦٧٨٩٠', [NUMERIC]],
    ['🔑🔑🔑🔑🔑🔑🔑', [SHORT]],
    ['lovelace1', ['The password is too similar to the email address.']],
    ['ADA.lovelace@example.com', ['The password is too similar to the email address.']],
    ['łukasiewicz7', ['The password is too similar to the last name.']],
  ])('lists every rule that %j breaks: %j', async (password, faults) => {
    expect(await findPasswordFaults(password, user)).toEqual(faults)
  })

  it('compares the domain of an address as people read it, not as it is stored', async () => {
    const stored = { ...user, email: 'ada@xn--e1afmkfd.example' }
    expect(await findPasswordFaults('пример12', stored)).toEqual([
      'The password is too similar to the email address.',
    ])
  })

  it('compares the labels of a plain domain, not the whole domain, as the forms of the portal do', async () => {
    const plain = { ...user, email: 'qqqqqqqqqqqq@alpha.bravo' }
    expect(await findPasswordFaults('alphabravo12', plain)).toEqual([])
  })

  it('ignores a blank name', async () => {
    expect(
      await findPasswordFaults('xqzvwkjh', { email: 'ada@example.com', firstName: '', lastName: '' }),
    ).toEqual([])
  })
})
