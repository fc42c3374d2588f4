import { describe, expect, it } from 'vitest'
import { isEmailAddress, normalizeEmail } from './email.ts'

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
