import { describe, expect, it } from 'vitest'
import { isEmailAddress, isKnownAddress, normalizeEmail } from './email.ts'

describe('normalizeEmail', () => {
  it.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['STRASSE@Example.com', 'strasse@example.com'],
    ['Kelvin@example.com', 'kelvin@example.com'],
  ])('normalises %j to %j', (given, stored) => {
    expect(normalizeEmail(given)).toBe(stored)
    expect(normalizeEmail(stored)).toBe(stored)
  })
})

describe('isEmailAddress', () => {
  it.each([
    'a@b.co',
    "o'neill+tag@sub.example.com",
    'łukasz@przykład.pl',
    '李@例子.中国',
    `${'a'.repeat(64)}@example.com`,
    'a@xn--fsqu00a.xn--0zwm56d',
  ])('accepts %s', (address) => {
    expect(isEmailAddress(address)).toBe(true)
  })

  it.each([
    'x',
    'a@b',
    'a@localhost',
    '@example.com',
    'a@',
    'a b@example.com',
    'a@example.com,b@example.com',
    'a@example.com;b@example.com',
    '<a@example.com>',
    'ada <a@example.com>',
    'a@example.com\nbcc: b@example.com',
    'a@example.com\n',
    'a@@example.com',
    'a..b@example.com',
    '.a@example.com',
    'a.@example.com',
    'a@-example.com',
    'a@example-.com',
    'a@example..com',
    'a@127.0.0.1',
    'a@example.c',
    `${'a'.repeat(65)}@example.com`,
    '"a"@example.com',
    'a(comment)@example.com',
  ])('refuses %j', (text) => {
    expect(isEmailAddress(text)).toBe(false)
  })
})

describe('isKnownAddress', () => {
  it.each([
    'a@b.co',
    'łukasz@przykład.pl',
    'root@localhost',
    'a..b@docomo.ne.jp',
    '.a.@example.com',
    '"a b"@example.com',
    '"a\\"@,b"@example.com',
    'a@127.0.0.1',
    'a@[192.0.2.1]',
    'a@[ipv6:2001:db8::1]',
    'a@under_score.example',
    'a@example.com.',
    'a@example.c',
    `${'a'.repeat(200)}@example.com`,
  ])('accepts %j', (address) => {
    expect(isKnownAddress(address)).toBe(true)
  })

  it.each([
    '',
    'x',
    '@example.com',
    'a@',
    '@',
    'a@@example.com',
    'a b@example.com',
    'a@exam ple.com',
    'a@example.com,b@example.com',
    'a@example.com;b@example.com',
    '<a@example.com>',
    'ada <a@example.com>',
    'a@example.com\nbcc: b@example.com',
    'a@example.com\n',
    '"a\n"@example.com',
    '"a"b"@example.com',
    '"a@example.com',
    'a(comment)@example.com',
    'a:b@example.com;',
  ])('refuses %j', (text) => {
    expect(isKnownAddress(text)).toBe(false)
  })

  it('is quick on a long text', () => {
    expect(isKnownAddress(`"${'\\a'.repeat(5000)}`)).toBe(false)
    expect(isKnownAddress(`${'a.'.repeat(5000)}@`)).toBe(false)
  })
})
