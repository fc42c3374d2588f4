import { describe, expect, it } from 'vitest'
import { textField } from './text-field.ts'

const faultsOf = (field: ReturnType<typeof textField>, text: string) =>
  (field.safeParse(text).error?.issues ?? []).map(({ message }) => message)

describe('the length of a text field', () => {
  it.each([
    ['any text', {}, { minLength: 1, maxLength: 10 }],
    ['a text that may be blank', { blank: true }, { maxLength: 10 }],
    ['a text that is looked up', { isLookedUp: true }, { minLength: 1 }],
    ['a text with a least length', { minCharacters: 6 }, { minLength: 6, maxLength: 10 }],
  ])('is told to the document of the API as it is judged: %s', (_, rules, lengths) => {
    const { minLength, maxLength } = textField({ maxCharacters: 10, ...rules }).meta() ?? {}
    expect({ minLength, maxLength }).toEqual({ minLength: undefined, maxLength: undefined, ...lengths })
  })

  it('has a least number of code points, if the field asks for one', () => {
    const field = textField({ minCharacters: 3, maxCharacters: 5 })
    for (const character of ['a', '🔑']) {
      expect(faultsOf(field, character.repeat(2))).toEqual(['Ensure this field has at least 3 characters.'])
      expect(faultsOf(field, character.repeat(3))).toEqual([])
    }
    expect(faultsOf(field, '')).toEqual(['This field may not be blank.'])
  })

  it('is no reason to refuse a text that is looked up: it is an unknown one', () => {
    const field = textField({ maxCharacters: 5, isLookedUp: true })
    for (const count of [5, 6, 20]) expect(field.parse('a'.repeat(count))).toBe('a'.repeat(count))
    expect(field.parse('a'.repeat(21))).toBe('-')
  })
})
