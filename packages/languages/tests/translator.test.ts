import { describe, expect, it } from 'vitest'
import { type Catalogues, createTranslator, type Message, type TranslationFault } from '../src/index.ts'

interface Messages {
  'page.title': Message
  'mail.hello': Message<{ name: string }>
  'mail.days': Message<{ count: number }>
  'mail.rank': Message<{ rank: 'first' | 'other' }>
  'mail.until': Message<{ until: Date | number }>
  'page.terms': Message<{ name: string }, 'link'>
}

const en = {
  'page.title': 'Sign in',
  'mail.hello': 'Hello {name}.',
  'mail.days': '{count, plural, one {# day} other {# days}} left',
  'mail.rank': '{rank, select, first {the first} other {a later one}}',
  'mail.until': 'Until {until, date, long}, {until, time, short}',
  'page.terms': 'Read <link>the terms</link>, {name}.',
}
const de = {
  ...en,
  'mail.hello': 'Hallo {name}.',
  'mail.days': 'noch {count, plural, one {# Tag} other {# Tage}}',
}
const broken = { ...de, 'mail.hello': 'Hallo {name', 'page.title': 'Hallo {missing}' }
const catalogues: Catalogues<Messages> = { en, de }
const NOON = Date.UTC(2026, 2, 3, 12)

describe('a translator', () => {
  it('writes whole sentences with values, plurals, choices and dates', () => {
    const t = createTranslator(catalogues, 'en', { timeZone: 'UTC' })
    expect(t('page.title')).toBe('Sign in')
    expect(t('mail.hello', { name: 'Ada' })).toBe('Hello Ada.')
    expect(t('mail.days', { count: 1 })).toBe('1 day left')
    expect(t('mail.days', { count: 1200 })).toBe('1,200 days left')
    expect(t('mail.rank', { rank: 'first' })).toBe('the first')
    expect(t('mail.until', { until: NOON })).toBe('Until March 3, 2026, 12:00 PM')
  })

  it('writes in the words of its language', () => {
    const t = createTranslator(catalogues, 'de', { timeZone: 'Europe/Berlin' })
    expect({ language: t.language, direction: t.direction }).toEqual({ language: 'de', direction: 'ltr' })
    expect(t('mail.days', { count: 1200 })).toBe('noch 1.200 Tage')
    expect(t('mail.until', { until: NOON })).toBe('Until 3. März 2026, 13:00')
  })

  it('writes the same text again for other values', () => {
    const t = createTranslator(catalogues, 'en')
    expect(['Ada', 'Bo'].map((name) => t('mail.hello', { name }))).toEqual(['Hello Ada.', 'Hello Bo.'])
  })

  it('gives nodes where the text has tags or takes nodes', () => {
    interface Node {
      tag: string
      children: unknown[]
    }
    const t = createTranslator<Messages, Node>(catalogues, 'en')
    const written = t.rich('page.terms', {
      name: { tag: 'bdi', children: ['Ada'] },
      link: (children) => ({ tag: 'a', children }),
    })
    expect(written).toEqual([
      'Read ',
      { tag: 'a', children: ['the terms'] },
      ', ',
      { tag: 'bdi', children: ['Ada'] },
      '.',
    ])
  })

  it('leaves markup in a value as it is', () => {
    const t = createTranslator(catalogues, 'en')
    expect(t('mail.hello', { name: '<b>{x}</b> #' })).toBe('Hello <b>{x}</b> #.')
  })

  it('says that it is English when the catalogue of the language is missing', () => {
    const { language, direction } = createTranslator(catalogues, 'ar')
    expect({ language, direction }).toEqual({ language: 'en', direction: 'ltr' })
  })

  it('writes a broken text in English, and reports it', () => {
    const faults: TranslationFault[] = []
    const t = createTranslator({ en, de: broken } as Catalogues<Messages>, 'de', {
      report: (fault) => faults.push(fault),
    })
    expect(t('mail.hello', { name: 'Ada' })).toBe('Hello Ada.')
    expect(t('page.title')).toBe('Sign in')
    expect(faults).toMatchObject([
      { language: 'de', key: 'mail.hello' },
      { language: 'de', key: 'page.title' },
    ])
  })

  it('writes in English what the language lacks', () => {
    const faults: TranslationFault[] = []
    const t = createTranslator({ en, de: {} } as Catalogues<Messages>, 'de', {
      report: (fault) => faults.push(fault),
    })
    expect(t('mail.days', { count: 1 })).toBe('1 day left')
    expect(faults).toHaveLength(1)
  })

  it('writes the key when English is broken too', () => {
    const t = createTranslator({ en: {} } as Catalogues<Messages>, 'en', { report: () => {} })
    expect(t('page.title')).toBe('page.title')
  })

  it('accepts no wrong key, no missing value and no surplus value', () => {
    const t = createTranslator(catalogues, 'en', { report: () => {} })
    const calls = () => [
      // @ts-expect-error: no such key
      t('page.heading'),
      // @ts-expect-error: a value is missing
      t('mail.hello'),
      // @ts-expect-error: the value has another type
      t('mail.days', { count: '1' }),
      // @ts-expect-error: no such value
      t('mail.hello', { name: 'Ada', surname: 'Lovelace' }),
      // @ts-expect-error: no such choice
      t('mail.rank', { rank: 'last' }),
      // @ts-expect-error: a message with tags is for rich()
      t('page.terms', { name: 'Ada' }),
      // @ts-expect-error: a tag function is missing
      t.rich('page.terms', { name: 'Ada' }),
      // @ts-expect-error: one of the two keys needs a value
      t('page.title' as 'page.title' | 'mail.hello'),
    ]
    expect(calls).toBeTypeOf('function')
  })
})

describe('the formats of a translator', () => {
  const { formats } = createTranslator(catalogues, 'en', { timeZone: 'UTC' })
  const german = createTranslator(catalogues, 'de', { timeZone: 'UTC' }).formats

  it.each([
    [0, '0 seconds', '0 Sekunden'],
    [1, '1 second', '1 Sekunde'],
    [3600, '1 hour', '1 Stunde'],
    [5400, '1 hour, 30 minutes', '1 Stunde, 30 Minuten'],
    [259_200, '3 days', '3 Tage'],
    [86_461, '1 day', '1 Tag'],
    [-5, '0 seconds', '0 Sekunden'],
  ])('write %i seconds as %s', (seconds, english, inGerman) => {
    expect(formats.duration(seconds)).toBe(english)
    expect(german.duration(seconds)).toBe(inGerman)
  })

  it('write dates, lists and what was', () => {
    expect(formats.dateTime(NOON, { dateStyle: 'long', timeStyle: 'short' })).toBe(
      'March 3, 2026 at 12:00 PM',
    )
    expect(german.list(['a', 'b', 'c'])).toBe('a, b und c')
    expect(formats.ago(NOON - 86_400_000, NOON)).toBe('yesterday')
    expect(german.ago(NOON - 300_000, NOON)).toBe('vor 5 Minuten')
    expect(formats.ago(NOON + 5000, NOON)).toBe('now')
  })
})
