import { describe, expect, it } from 'vitest'
import { findLanguage, findPseudoLanguage, LANGUAGES } from '../src/index.ts'

describe('findLanguage', () => {
  it.each(LANGUAGES)('finds $name by its own tag, also in other letters', ({ tag }) => {
    expect(findLanguage(tag)).toBe(tag)
    expect(findLanguage(tag.toUpperCase())).toBe(tag)
  })

  it.each([
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['de-AT', 'de'],
    ['en-GB', 'en'],
    ['ar-EG-u-nu-latn', 'ar'],
  ])('%s finds %s', (requested, found) => {
    expect(findLanguage(requested)).toBe(found)
  })

  it.each([
    'zh-TW',
    'zh-Hant',
    'sv',
    'xx',
    'sr-Latn',
    '*',
    '',
    'x',
    '__proto__',
    'constructor',
    '-',
    'de_AT',
  ])('%s finds nothing', (requested) => {
    expect(findLanguage(requested)).toBeNull()
  })

  it.each([null, undefined, '', []])('%j finds nothing', (requested) => {
    expect(findLanguage(requested)).toBeNull()
  })

  it.each([
    ['da, en-GB;q=0.8, de;q=0.9', 'de'],
    ['fr;q=0, it', 'it'],
    ['fr;q=0', null],
    ['sv;q=1.0 , ja ; q=0.5,*;q=0.1', 'ja'],
    ['fr;q=2, it;q=0.1', 'it'],
    ['fr;level=1, it;q=0.1', 'it'],
    ['ar;q=0.5,uk;q=0.5', 'ar'],
    [',,;;q=1,,de', 'de'],
  ])('the header %s finds %s', (header, found) => {
    expect(findLanguage(header)).toBe(found)
  })

  it('takes the first of a list that is there', () => {
    expect(findLanguage(['sv-SE', 'nl-BE', 'en'])).toBe('nl')
  })

  it('reads the beginning of a long request only', () => {
    expect(findLanguage(`${'x'.repeat(500)},de`)).toBeNull()
    expect(findLanguage(`${'sv,'.repeat(20)}de`)).toBeNull()
    expect(findLanguage(`de,${'x'.repeat(1_000_000)}`)).toBe('de')
    expect(findLanguage([...Array.from({ length: 1000 }, () => 'sv'), 'de'])).toBeNull()
    expect(findLanguage(['x'.repeat(1_000_000), 'de'])).toBe('de')
    expect(findLanguage(`de-x-${'a'.repeat(40)}`)).toBeNull()
  })

  it('never finds a pseudo-locale by its own tag', () => {
    expect(findLanguage('en-XA')).toBe('en')
    expect(findLanguage('ar-XB')).toBe('ar')
  })
})

describe('findPseudoLanguage', () => {
  it('finds a pseudo-locale by its exact tag only', () => {
    expect(findPseudoLanguage('en-XA')).toBe('en-XA')
    expect(findPseudoLanguage('ar-XB')).toBe('ar-XB')
    expect(findPseudoLanguage('en-xa')).toBeNull()
    expect(findPseudoLanguage('en')).toBeNull()
    expect(findPseudoLanguage(null)).toBeNull()
  })
})
