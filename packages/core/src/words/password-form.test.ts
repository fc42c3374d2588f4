import { describe, expect, it } from 'vitest'
import { type PasswordForm, prepareForOurs, preparePassword } from './password-form.ts'

/** What `str.isspace` is true of, of all code points. Python 3.11 lists them. */
const PYTHON_BLANKS = [
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680],
  ...Array.from({ length: 11 }, (_, i) => 0x2000 + i),
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
]

describe('a typed password of form 1', () => {
  it('loses the blanks of Python at both ends, of all characters there are', () => {
    const cut: number[] = []
    for (let code = 0; code <= 0xffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const one = String.fromCharCode(code)
      if (preparePassword(`${one}${one}x y${one}`, 1) !== `${one}${one}x y${one}`) cut.push(code)
    }
    expect(cut).toEqual(PYTHON_BLANKS)
  })

  it('keeps the blanks inside, and may consist of them', () => {
    expect(preparePassword(' a  b ', 1)).toBe('a  b')
    expect(preparePassword(' \t\u3000', 1)).toBe('')
    expect(preparePassword('\ufeffa', 1)).toBe('\ufeffa')
  })

  it('is not normalised for the hash of its deployment, and is for ours', () => {
    expect(preparePassword(' cafe\u0301 ', 1)).toBe('cafe\u0301')
    expect(prepareForOurs(' cafe\u0301 ', 1)).toBe('café')
  })
})

it.each<[PasswordForm, string, string]>([
  [0, ' ﬃe\u0301 ', ' ﬃé '],
  [1, 'ﬃe\u0301', 'ﬃé'],
  [2, ' ffié ', ' ffié '],
])('a typed password of form %i is handed to the hashes as they need it', (form, theirs, ours) => {
  expect([preparePassword(' ﬃe\u0301 ', form), prepareForOurs(' ﬃe\u0301 ', form)]).toEqual([theirs, ours])
})
