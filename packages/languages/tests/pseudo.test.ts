import { describe, expect, it } from 'vitest'
import { type Catalogues, createTranslator, type Message } from '../src/index.ts'

interface Messages {
  'mail.hello': Message<{ name: string; count: number }, 'b'>
  'page.title': Message
}

const catalogues: Catalogues<Messages> = {
  en: {
    'mail.hello': 'Hello <b>{name}</b>, you have {count, plural, one {one mail} other {# mails}}.',
    'page.title': 'Your account has been deactivated. Ask your administrator.',
  },
}
const values = { name: 'Ada', count: 3, b: (children: string[]) => children }

describe('the pseudo-locale en-XA', () => {
  const t = createTranslator(catalogues, 'en-XA')

  it('has accents and brackets, and keeps placeholders, tags and plurals', () => {
    expect(t.rich('mail.hello', values).join('')).toBe('[Ĥééļļöö Ada, ýööûû ĥååṽéé 3 ɱååîîļš.]')
  })

  it('is about 40 % longer', () => {
    const english = createTranslator(catalogues, 'en')('page.title')
    expect(t('page.title').length / english.length).toBeGreaterThan(1.3)
    expect(t('page.title').length / english.length).toBeLessThan(1.6)
  })

  it('says its own tag', () => {
    expect({ language: t.language, direction: t.direction }).toEqual({ language: 'en-XA', direction: 'ltr' })
  })
})

describe('the pseudo-locale ar-XB', () => {
  const t = createTranslator(catalogues, 'ar-XB')

  it('writes each word from right to left, and leaves values as they are', () => {
    expect(t.rich('mail.hello', values).join('')).toMatch(
      /^\u202eHello\u202c Ada\u202e,\u202c \u202eyou\u202c/,
    )
    expect(t.direction).toBe('rtl')
  })
})
