import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCatalogue, checkFile, checkPackage } from '../check/check-package.ts'
import { findUnusedKeys } from '../check/find-unused.ts'
import { LANGUAGE_TAGS } from '../src/index.ts'

const DAYS = '{count, plural, one {# day} other {# days}} left for {name}'

function check(english: string, text: string, tag: string): string[] {
  return checkCatalogue({ 'a.text': english }, { 'a.text': text }, tag)
}

describe('the check of a catalogue', () => {
  it.each([
    ['de', DAYS, 'noch {count, plural, one {# Tag} other {# Tage}} für {name}'],
    ['ja', DAYS, '{name}の残り日数は{count, plural, other {#日}}です'],
    ['uk', DAYS, '{name}: {count, plural, one {# день} few {# дні} many {# днів} other {# дня}}'],
    ['en', DAYS, DAYS],
    ['fr', 'Read <link>this</link>.', 'Lisez <link>ceci</link>\u00a0!'],
    ['de', 'Latchkey', 'Latchkey'],
    ['de', '{name}', '{name}'],
    ['de', 'OK', 'In Ordnung'],
    ['ar', 'Sign in', 'تسجيل الدخول'],
  ])('accepts a sound text (%s)', (tag, english, text) => {
    expect(check(english, text, tag)).toEqual([])
  })

  it.each([
    ['de', DAYS, 'noch {count, plural, one {# Tag} other {# Tage}}', 'lacks {name} (string)'],
    ['de', 'Sign in', 'Anmelden {name}', 'has a surplus {name} (string)'],
    ['de', 'For {name}', 'Für {name, number}', 'lacks {name} (string)'],
    ['fr', 'For {name}', "l'{name}", 'lacks {name} (string)'],
    ['fr', 'For you', "C'est pour vous", "has the apostrophe ', which starts a quotation of ICU: write ’"],
    ['en', 'Your e-mail', 'Your e-mail', 'spells email as e-mail'],
    ['de', 'Read <link>this</link>.', 'Lesen Sie dies.', 'lacks <link>'],
    [
      'de',
      '{rank, select, a {A1} other {B1}}',
      '{rank, select, b {AA} other {BB}}',
      "lacks {rank} ('a' | 'other')",
    ],
    ['uk', DAYS, '{name} {count, plural, one {# день} other {# днів}}', 'lacks the form few of {count}'],
    ['ja', DAYS, '{name} {count, plural, one {#日} other {#日}}', 'has a surplus form one of {count}'],
    ['en', DAYS, '{count, plural, other {# days}} {name}', 'lacks the form one of {count}'],
    [
      'uk',
      '{count, plural, one {one day} other {# days}}',
      '{count, plural, one {один день} few {# дні} many {# днів} other {# дня}}',
      'writes no number in the form one of {count}, which is for several numbers',
    ],
    ['de', 'Sign in', 'Anmelden ', 'begins or ends with a space, or is empty'],
    ['de', 'Sign in', '', 'begins or ends with a space, or is empty'],
    ['de', 'Sign in', 'Jetzt  anmelden', 'has two spaces in a row'],
    ['de', 'Sign in', 'Sign in', 'is the English text'],
    ['de', 'Sign in', 'An\u00admelden', 'has an invisible character'],
    ['ar', 'Sign in', '\u200fتسجيل', 'has an invisible character'],
    ['de', 'Sign in', 'Anm\u0435lden', 'has the letter \u0435, which is of another script'],
    ['zh-Hans', 'Yes, {name}', '好,{name}', 'has the mark , beside a letter of its script: write its own'],
    ['ja', 'Hello!', 'こんにちは!', 'has the mark ! beside a letter of its script: write its own'],
    ['ar', 'Really?', 'حقا?', 'has the mark ? beside a letter of its script: write its own'],
    ['de', 'Sign in', 'Melden Sie sich jetzt hier an', 'is more than 2.5 times as long as the English text'],
    ['de', 'Sign in', 'Anmelden {', 'is no ICU message: EXPECT_ARGUMENT_CLOSING_BRACE'],
  ])('names what is wrong (%s, %s, %s)', (tag, english, text, fault) => {
    expect(check(english, text, tag)).toContain(`a.text ${fault}`)
  })

  it('names missing and surplus keys', () => {
    expect(checkCatalogue({ 'a.one': 'One' }, { 'a.two': 'Zwei' }, 'de')).toEqual([
      'a.one is missing',
      'a.two is not in the English catalogue',
    ])
  })

  it('names keys that are twice there, not sorted or no keys', () => {
    expect(checkFile('{\n  "a.one": "One",\n  "a.two": "Two"\n}\n')).toEqual([])
    expect(checkFile('{\n  "a.one": "One",\n  "a.one": "Two"\n}\n')).toHaveLength(1)
    expect(checkFile('{\n  "b.one": "One",\n  "a.two": "Two"\n}\n')).toHaveLength(1)
    expect(checkFile('{\n  "One": "One"\n}\n')).toEqual(['One is no key such as area.thing'])
  })

  it('names the languages that are missing, and those that are none of ours', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-catalogues-'))
    await writeFile(join(folder, 'en.json'), '{\n  "a.one": "One"\n}\n')
    await writeFile(join(folder, 'sv.json'), '{\n  "a.one": "En"\n}\n')
    const missing = LANGUAGE_TAGS.filter((tag) => tag !== 'en').map((tag) => `${tag}: is missing`)
    expect(checkPackage(folder)).toEqual(['sv: is none of our languages', ...missing])
  })

  it('names the keys that no source names, whole or as a template', () => {
    const english = { 'a.used': 'A', 'a.unused': 'B', 'b.subject': 'C', 'b.body': 'D' }
    const sources = ["t('a.used')", `t(\`\${kind}.subject\`)`]
    expect(findUnusedKeys(english, sources)).toEqual(['a.unused', 'b.body'])
  })
})
