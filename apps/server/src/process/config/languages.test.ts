import { LANGUAGE_TAGS } from '@latchkey/languages'
import { expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

it.each(LANGUAGE_TAGS)('DEFAULT_LANGUAGE may be %s, in any case', (tag) => {
  for (const text of [tag, tag.toUpperCase(), ` ${tag.toLowerCase()} `]) {
    expect(loadConfig({ DEFAULT_LANGUAGE: text }).config.defaultLanguage).toBe(tag)
  }
})

it.each(['ca', 'Deutsch', 'de, en', 'de-AT', 'en-XA'])(
  'DEFAULT_LANGUAGE=%s is refused with every choice',
  (text) => {
    const [mistake] = findMistakes({ DEFAULT_LANGUAGE: text })
    expect(mistake).toBe(`DEFAULT_LANGUAGE must be one of ${LANGUAGE_TAGS.join(', ')}`)
  },
)
