import { describe, expect, it } from 'vitest'
import { readPhrase } from '../check/read-phrase.ts'
import { writeCatalogues, writeLoaders, writeMessageTypes } from '../generator/write-files.ts'

describe('the generator', () => {
  it('writes what each message takes', () => {
    const types = writeMessageTypes({
      'a.date': '{at, date, long} {at, time, short}',
      'a.link': '<link>Read</link> {name}, <b>now</b>',
      'a.plain': 'Sign in',
      'a.plural': '{count, plural, one {# of {name}} other {# of {name}}}, {count, number}',
      'a.select': '{rank, select, first {A} other {B}}',
    })
    expect(types.split('\n').filter((line) => line.startsWith("  '"))).toEqual([
      "  'a.date': Message<{ at: Date | number }>",
      "  'a.link': Message<{ name: string }, 'link' | 'b'>",
      "  'a.plain': Message",
      "  'a.plural': Message<{ count: number; name: string }>",
      "  'a.select': Message<{ rank: 'first' | 'other' }>",
    ])
  })

  it.each(['{name', '{at, date} {at}', '<b>open'])('refuses %s, and names its key', (text) => {
    expect(() => writeMessageTypes({ 'a.broken': text })).toThrow(
      'the English text a.broken is no ICU message',
    )
  })

  it('imports each language for a server, and loads one for a browser', () => {
    expect(writeCatalogues(['en', 'pt-BR'])).toContain("{ en: en, 'pt-BR': ptBR }")
    expect(writeLoaders(['en', 'pt-BR'])).toContain("case 'pt-BR':")
    expect(writeLoaders(['en', 'pt-BR'])).not.toContain("case 'en':")
  })
})

describe('a phrase without ICU', () => {
  it.each([
    ['Sign in to {name}.', 'Sign in to {name}.'],
    [
      'At most {count, plural, one {# day} other {# days}}.',
      { one: 'At most {count} day.', other: 'At most {count} days.' },
    ],
    ['{count, number} or less', { other: '{count} or less' }],
  ])('is written from %s', (text, phrase) => {
    expect(readPhrase(text, 'count')).toEqual(phrase)
  })

  it.each([
    '{days, plural, one {#} other {#}}',
    '{count, plural, =1 {one} one {#} other {#}}',
    '{at, date}',
    '<b>bold</b>',
    '{count}',
    '{count, plural, one {{rank, select, other {a}}} other {#}}',
  ])('is refused for %s', (text) => {
    expect(() => readPhrase(text, 'count')).toThrow()
  })
})
